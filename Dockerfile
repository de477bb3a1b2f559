# The gateway in a container: a native binary on a base without a shell user, no runtime, read-only root.
#
#   docker buildx build --platform linux/amd64,linux/arm64 -t edgegateway .
#   docker run --read-only --tmpfs /tmp -v ./plant.yaml:/etc/edgegateway/plant.yaml:ro -v edgegateway:/var/lib/edgegateway edgegateway
#
# Serial ports: --device /dev/ttyUSB0 --group-add dialout.
FROM --platform=$BUILDPLATFORM node:22-bookworm-slim AS node

FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG TARGETARCH=amd64
# The linker of Native AOT; for the other processor its libraries too.
RUN apt-get update \
 && apt-get install -y --no-install-recommends clang lld zlib1g-dev \
 && if [ "$TARGETARCH" = arm64 ] && [ "$(uname -m)" != aarch64 ]; then apt-get install -y --no-install-recommends gcc-aarch64-linux-gnu libc6-dev-arm64-cross; fi \
 && rm -rf /var/lib/apt/lists/*
# Node makes the page; it stays behind in this stage.
COPY --from=node /usr/local/ /usr/local/
WORKDIR /source
COPY . .
ENV DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
RUN case "$TARGETARCH" in amd64) rid=linux-x64 ;; arm64) rid=linux-arm64 ;; *) echo "no build for $TARGETARCH" >&2; exit 1 ;; esac \
 && if [ "$TARGETARCH" = arm64 ] && [ "$(uname -m)" != aarch64 ]; then objcopy=-p:ObjCopyName=aarch64-linux-gnu-objcopy; fi \
 && dotnet publish src/EdgeGateway -c Release -r "$rid" -o /out -p:PublishAot=true -p:TrimmerSingleWarn=false ${objcopy:-} -v quiet -nologo \
 && rm -f /out/*.dbg /out/*.pdb /out/*.xml \
 && chmod -R u=rwX,go=rX /out \
 && install -d -m 0750 /state /configuration

FROM mcr.microsoft.com/dotnet/runtime-deps:10.0
COPY --from=build /out/ /usr/lib/edgegateway/
# $APP_UID is the unprivileged user of the base image.
COPY --from=build --chown=$APP_UID:$APP_UID /state/ /var/lib/edgegateway/
COPY --from=build --chown=$APP_UID:$APP_UID /configuration/ /etc/edgegateway/
USER $APP_UID
VOLUME /var/lib/edgegateway
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["/usr/lib/edgegateway/edgegateway", "health", "/etc/edgegateway/plant.yaml", "--store", "/var/lib/edgegateway/gateway.db"]
ENTRYPOINT ["/usr/lib/edgegateway/edgegateway"]
CMD ["run", "/etc/edgegateway/plant.yaml", "--store", "/var/lib/edgegateway/gateway.db"]
