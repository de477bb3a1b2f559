#!/usr/bin/env bash
# Makes a release in artifacts/release: for each processor a native binary as .tar.gz and .deb, an SBOM (CycloneDX), third-party notices, and SHA256SUMS over all.
#
#   ./publish.sh                   linux-x64 and linux-arm64
#   ./publish.sh linux-x64         one of them
#   ./publish.sh --packed [RID…]   packs the binaries that lie in artifacts/aot already
#
# Needs the .NET 10 SDK, clang, zlib1g-dev and dpkg-deb; for linux-arm64 on an x64 machine also lld, gcc-aarch64-linux-gnu and libc6-dev-arm64-cross; Node for the page.
# RELEASE_FOLDER names another folder than artifacts/release. The version is that of Directory.Build.props. Archives carry the time of the last commit, so that the same commit packs the same way.
set -euo pipefail
# Whatever the caller's, the files of a package are for everybody to read.
umask 022
cd "$(dirname "$0")"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1

release=${RELEASE_FOLDER:-artifacts/release}
version=$(sed -n 's/.*<VersionPrefix>\(.*\)<\/VersionPrefix>.*/\1/p' Directory.Build.props)
export SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
host=$(case $(uname -m) in x86_64) echo linux-x64 ;; aarch64) echo linux-arm64 ;; esac)
page_lock=src/EdgeGateway.Dashboard/ui/package-lock.json

need() { command -v "$1" >/dev/null || { echo "missing: $1 ($2)" >&2; exit 1; }; }

# Everything a user gets, as it lies below / of the machine.
lay_out() {
    local rid=$1 root=$2
    install -d "$root/usr/bin" "$root/usr/lib/edgegateway" "$root/usr/lib/systemd/system" "$root/usr/lib/sysusers.d" "$root/etc/edgegateway" "$root/usr/share/doc/edgegateway"
    install -m 755 "artifacts/aot/$rid/edgegateway" "$root/usr/lib/edgegateway/"
    # Native libraries and, where it is not inside the binary, the page; never the symbols.
    find "artifacts/aot/$rid" -mindepth 1 -maxdepth 1 ! -name edgegateway ! -name '*.dbg' ! -name '*.pdb' ! -name '*.xml' -exec cp -r {} "$root/usr/lib/edgegateway/" \;
    chmod -R u=rwX,go=rX "$root/usr/lib/edgegateway"
    ln -s ../lib/edgegateway/edgegateway "$root/usr/bin/edgegateway"
    install -m 644 packaging/edgegateway.service "$root/usr/lib/systemd/system/"
    install -m 644 packaging/edgegateway.sysusers "$root/usr/lib/sysusers.d/edgegateway.conf"
    install -m 644 README.md README.zh-CN.md CHANGELOG.md LICENSE NOTICE "$root/usr/share/doc/edgegateway/"
    install -m 644 "$release/THIRD-PARTY-NOTICES-$rid.txt" "$root/usr/share/doc/edgegateway/THIRD-PARTY-NOTICES.txt"
    install -m 644 configs/samples/*.yaml "$root/usr/share/doc/edgegateway/"
    find "$root" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
}

pack_deb() {
    local root=$1 architecture=$2 name="edgegateway_${version}_$2.deb"
    install -d "$root/DEBIAN"
    install -m 755 packaging/debian/{postinst,prerm,postrm} "$root/DEBIAN/"
    sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" -e "s/@SIZE@/$(du -sk "$root" | cut -f1)/" packaging/debian/control >"$root/DEBIAN/control"
    find "$root/DEBIAN" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
    dpkg-deb --root-owner-group -Zxz --build "$root" "$release/$name" >/dev/null
    rm -r "$root/DEBIAN"
    echo "$release/$name"
}

release_one() {
    local rid=$1 architecture options=(-p:PublishAot=true -p:TrimmerSingleWarn=false) stage packages=src/EdgeGateway/obj/project.assets.json lock=()
    architecture=$(case $rid in linux-x64) echo amd64 ;; linux-arm64) echo arm64 ;; *) echo "unknown processor $rid: linux-x64 or linux-arm64" >&2; exit 64 ;; esac)
    if [[ $rid != "$host" && $packed == no ]]; then
        need aarch64-linux-gnu-gcc "apt-get install lld gcc-aarch64-linux-gnu libc6-dev-arm64-cross"
        options+=(-p:ObjCopyName=aarch64-linux-gnu-objcopy)
    fi
    echo "== $rid"
    if [[ $packed == no ]]; then
        rm -rf "artifacts/aot/$rid"
        dotnet publish src/EdgeGateway -c Release -r "$rid" -o "artifacts/aot/$rid" "${options[@]}" -v quiet -nologo -clp:ErrorsOnly -nodeReuse:false
    elif [[ ! -x artifacts/aot/$rid/edgegateway ]]; then
        echo "artifacts/aot/$rid holds no binary: leave --packed out" >&2
        exit 66
    fi
    if [[ -f $page_lock ]]; then lock=("$page_lock"); fi
    dotnet run build/sbom.cs -- sbom "$version" "$rid" "$packages" "${lock[@]}" >"$release/edgegateway-$version-$rid.cdx.json"
    dotnet run build/sbom.cs -- notices "$version" "$rid" "$packages" "${lock[@]}" >"$release/THIRD-PARTY-NOTICES-$rid.txt"
    stage=$(mktemp -d)
    # What is unpacked over / must not close it to everybody but root.
    chmod 755 "$stage"
    lay_out "$rid" "$stage"
    tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" -C "$stage" -cf - . | gzip -n -9 >"$release/edgegateway-$version-$rid.tar.gz"
    pack_deb "$stage" "$architecture"
    rm -rf "$stage"
}

need dotnet "https://dotnet.microsoft.com/download"
packed=no
if [[ ${1:-} == --packed ]]; then packed=yes; shift; else need clang "apt-get install clang zlib1g-dev"; fi
need dpkg-deb "apt-get install dpkg"
rids=("$@")
if [[ ${#rids[@]} -eq 0 ]]; then rids=(linux-x64 linux-arm64); fi
rm -rf "$release"
mkdir -p "$release"
for rid in "${rids[@]}"; do release_one "$rid"; done
(cd "$release" && sha256sum -- * >SHA256SUMS)
ls -l "$release"
