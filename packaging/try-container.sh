#!/usr/bin/env bash
# Tries the container for real: the Dockerfile's last stage, built by buildah on a base made here of Debian's packages, then run by runc
# as `docker run --read-only --tmpfs /tmp -v ./plant.yaml:…:ro -v edgegateway:/var/lib/edgegateway edgegateway` would: unprivileged, without capabilities, its root read-only.
# The stages before, which only compile, are not run: the binary is the one in artifacts/aot. Needs root, buildah, runc and python3.
set -euo pipefail
cd "$(dirname "$0")/.."
[[ $(id -u) -eq 0 ]] || { echo "packaging/try-container.sh: needs root" >&2; exit 77; }
aot=artifacts/aot/linux-x64
[[ -x $aot/edgegateway ]] || { echo "$aot holds no binary" >&2; exit 66; }

fail() { echo "container: $*" >&2; exit 1; }
said() { echo "ok $*"; }
cache=$PWD/artifacts/container
work=$(mktemp -d)
name=edgegateway-try-$$
storage=(--root "$work/storage" --runroot "$work/run" --storage-driver vfs)
finish() {
    runc delete --force "$name" >/dev/null 2>&1 || true
    if [[ -n ${container:-} ]]; then buildah "${storage[@]}" umount "$container" >/dev/null 2>&1 || true; fi
    rm -rf "$work"
}
trap finish EXIT

# The base: what `runtime-deps` holds, as far as the program needs it, under the name that the Dockerfile asks for.
mkdir -p "$cache" "$work/base/tmp" "$work/base/proc" "$work/base/sys" "$work/base/dev" "$work/base/etc/ssl/certs"
(cd "$cache" && for p in libc6 libgcc-s1 libstdc++6 zlib1g libssl3 tzdata; do compgen -G "${p}_*.deb" >/dev/null || apt-get -o APT::Sandbox::User=root download -qq "$p" >/dev/null; done)
for deb in "$cache"/*.deb; do dpkg-deb -x "$deb" "$work/base"; done
cp /etc/ssl/certs/ca-certificates.crt "$work/base/etc/ssl/certs/"
echo 'app:x:1654:1654::/home/app:/sbin/nologin' >"$work/base/etc/passwd"
echo 'app:x:1654:' >"$work/base/etc/group"
base=$(buildah "${storage[@]}" from scratch)
buildah "${storage[@]}" copy -q "$base" "$work/base" / >/dev/null
buildah "${storage[@]}" config --env APP_UID=1654 "$base"
buildah "${storage[@]}" commit -q "$base" mcr.microsoft.com/dotnet/runtime-deps:10.0 >/dev/null
said "a base of Debian's packages"

# What the stage `build` hands over.
mkdir "$work/build"
cp -r "$aot" "$work/build/out"
rm -f "$work"/build/out/*.{dbg,pdb,xml}
chmod -R u=rwX,go=rX "$work/build/out"
install -d -m 750 "$work/build/state" "$work/build/configuration"
sed -n '/^FROM mcr.microsoft.com\/dotnet\/runtime-deps/,$p' Dockerfile >"$work/Dockerfile"
buildah "${storage[@]}" build -q --pull-never --format docker --build-context build="$work/build" -f "$work/Dockerfile" -t edgegateway "$work/build" >/dev/null
container=$(buildah "${storage[@]}" from --pull-never localhost/edgegateway)
root=$(buildah "${storage[@]}" mount "$container")
buildah "${storage[@]}" inspect --type image localhost/edgegateway >"$work/image.json"
said "the last stage of the Dockerfile"

mkdir -p "$work/bundle" "$work/volume"
# A new volume of docker takes over owner and mode of what lies there in the image.
chown --reference="$root/var/lib/edgegateway" "$work/volume"
chmod --reference="$root/var/lib/edgegateway" "$work/volume"
cat >"$work/plant.yaml" <<'MAP'
gateway: {id: contained, clock_wait: 0s}
store: {commit: 500ms}
connections: {net: {modbus_tcp: {host: 127.0.0.1, port: 9}}}
devices: {m: {connection: net, unit_id: 1, points: {power: {address: 0, type: u16, unit: W}}}}
units: {line-1: {gauges: [m.power]}}
MAP
chmod 644 "$work/plant.yaml"
(cd "$work/bundle" && runc spec)
python3 - "$work" "$root" <<'PY'
import json, sys
work, root = sys.argv[1:]
image = json.load(open(f"{work}/image.json"))["Docker"]["config"]
spec = json.load(open(f"{work}/bundle/config.json"))
user = int(image["User"])
assert user != 0, "the image runs as root"
health = image["Healthcheck"]["Test"]
assert health[0] == "CMD", health
json.dump(health[1:], open(f"{work}/health.json", "w"))
spec["root"] = {"path": root, "readonly": True}
spec["process"].update(terminal=False, user={"uid": user, "gid": user}, args=image["Entrypoint"] + image["Cmd"], env=image["Env"], cwd="/", noNewPrivileges=True)
spec["process"]["capabilities"] = {k: [] for k in ("bounding", "effective", "inheritable", "permitted", "ambient")}
bind = lambda source, target, *how: {"destination": target, "type": "bind", "source": source, "options": ["rbind", *how]}
spec["mounts"] = [m for m in spec["mounts"] if m["type"] != "cgroup"] + [
    {"destination": "/tmp", "type": "tmpfs", "source": "tmpfs", "options": ["nosuid", "nodev"]},
    bind(f"{work}/plant.yaml", "/etc/edgegateway/plant.yaml", "ro"),
    bind(f"{work}/volume", "/var/lib/edgegateway", "rw"),
]
json.dump(spec, open(f"{work}/bundle/config.json", "w"))
PY
runc run --detach --pid-file "$work/pid" --bundle "$work/bundle" "$name" >"$work/log" 2>&1 </dev/null || { cat "$work/log"; fail "it does not start"; }
pid=$(cat "$work/pid")
mapfile -t health < <(python3 -c 'import json, sys; print("\n".join(json.load(open(sys.argv[1]))))' "$work/health.json")
healthy=no
for _ in $(seq 100); do
    if runc exec "$name" "${health[@]}" >"$work/health" 2>&1; then healthy=yes; break; fi
    kill -0 "$pid" 2>/dev/null || break
    read -r -t 0.2 <> <(:) || true
done
[[ $healthy == yes ]] || { cat "$work/log" "$work/health"; fail "the health check does not answer"; }
said "the image's health check answers: $(head -n 1 "$work/health")"

[[ $(awk '$1 == "Uid:" {print $2, $3}' "/proc/$pid/status") == "1654 1654" ]] || fail "it runs as another user than the image's"
[[ $(awk '$1 == "CapEff:" || $1 == "CapPrm:" || $1 == "CapBnd:" {print $2}' "/proc/$pid/status" | sort -u) == 0000000000000000 ]] || fail "it has capabilities"
[[ $(awk '$1 == "NoNewPrivs:" {print $2}' "/proc/$pid/status") == 1 ]] || fail "it may gain privileges"
awk '$5 == "/" {print $6}' "/proc/$pid/mountinfo" | grep -q '^ro' || fail "its root is writable"
[[ -s $work/volume/gateway.db ]] || fail "its store is not on the volume"
[[ -z $(find "$root" -newer "$work/pid" -not -path "$root/proc*" -not -path "$root/sys*" -not -path "$root/dev*" 2>/dev/null) ]] || fail "it wrote into its root"
said "user 1654, no capabilities, no new privileges, read-only root; the store lies on the volume"

kill -TERM "$pid"
for _ in $(seq 100); do kill -0 "$pid" 2>/dev/null || break; read -r -t 0.1 <> <(:) || true; done
kill -0 "$pid" 2>/dev/null && fail "it does not end on SIGTERM"
grep -q "Stopped; everything measured is in the store" "$work/log" || { cat "$work/log"; fail "it did not end in good order"; }
said "ended in good order on SIGTERM"
