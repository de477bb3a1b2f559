#!/usr/bin/env bash
# Tries the Debian package of artifacts/release for real: installed, started as its user, updated over itself and by a newer one, removed, purged.
# All of it in a copy-on-write view of this machine's root, which is gone afterwards. Needs root, overlayfs, and what the package depends on.
#
#   packaging/try.sh [FOLDER]      by default artifacts/release
set -euo pipefail
release=$(realpath "${1:-$(dirname "$0")/../artifacts/release}")

# The view of the root, in namespaces of its own: what is mounted and started ends with them.
if [[ ${TRY_INSIDE:-} != yes ]]; then
    [[ $(id -u) -eq 0 ]] || { echo "packaging/try.sh: needs root" >&2; exit 77; }
    view=$(mktemp -d)
    trap 'rmdir "$view"' EXIT
    script=$(realpath "$0")
    unshare --mount --pid --fork --kill-child bash -euc '
        mount -t tmpfs tmpfs "$1"
        mkdir "$1/up" "$1/work" "$1/seen"
        mount -t overlay overlay -o lowerdir=/,upperdir="$1/up",workdir="$1/work" "$1/seen"
        mount -t proc proc "$1/seen/proc"
        mount --bind /dev "$1/seen/dev"
        mount -t tmpfs tmpfs "$1/seen/run"
        mount -t tmpfs tmpfs "$1/seen/tmp"
        # Whoever installs something on the machine meanwhile must not be seen.
        cp -a /var/lib/dpkg "$1/dpkg"
        rm -f "$1"/dpkg/updates/* "$1"/dpkg/lock*
        mount --bind "$1/dpkg" "$1/seen/var/lib/dpkg"
        mkdir "$1/seen/tmp/release"
        cp "$2"/* "$1/seen/tmp/release"
        cp "$3" "$1/seen/tmp/try.sh"
        TRY_INSIDE=yes TRY_PORT="$4" chroot "$1/seen" /bin/bash /tmp/try.sh /tmp/release
    ' - "$view" "$release" "$script" "${TRY_PORT:-18480}"
    exit
fi

fail() { echo "packaging: $*" >&2; exit 1; }
said() { echo "ok $*"; }
# Fails unless a command's output is what is expected.
is() { [[ $2 == "$3" ]] || fail "$1: expected '$3', found '$2'"; }
owner() { stat -c '%U:%G %a' "$1"; }
as_service() { ${exec:-} setpriv --reuid edgegateway --regid edgegateway --init-groups env -C / HOME=/var/lib/edgegateway "$@"; }
install_package() { DEBIAN_FRONTEND=noninteractive apt-get -o Dpkg::Use-Pty=0 install -y -qq --allow-downgrades --reinstall "$1" </dev/null >/tmp/apt.log 2>&1 || { cat /tmp/apt.log; fail "apt could not install $1"; }; }
unit_line() { sed -n "s/^$1=//p" /usr/lib/systemd/system/edgegateway.service; }

machine=$(dpkg --print-architecture)
cd "$release"
sha256sum --quiet -c SHA256SUMS
said "checksums"

for package in edgegateway_*.deb; do
    # Nothing may belong to somebody, be writable by others, or close a folder to everybody: the package is unpacked over /.
    wrong=$(dpkg-deb -c "$package" | awk '$2 != "root/root" || ($1 !~ /^l/ && (substr($1, 6, 1) == "w" || substr($1, 9, 1) == "w")) || ($1 ~ /^d/ && $1 != "drwxr-xr-x") || ($1 ~ /^-/ && $1 != "-rw-r--r--" && $1 != "-rwxr-xr-x")')
    [[ -z $wrong ]] || fail "$package: $wrong"
    is "$package, its root" "$(dpkg-deb -c "$package" | awk '$6 == "./" {print $1, $2}')" "drwxr-xr-x root/root"
    for file in ./usr/bin/edgegateway ./usr/lib/edgegateway/edgegateway ./usr/lib/systemd/system/edgegateway.service ./usr/lib/sysusers.d/edgegateway.conf ./usr/share/doc/edgegateway/THIRD-PARTY-NOTICES.txt ./usr/share/doc/edgegateway/LICENSE; do
        dpkg-deb -c "$package" | awk '{print $6}' | grep -qx "$file" || fail "$package holds no $file"
    done
    said "modes and owners in $package"
done

before=$(stat -c '%a %U:%G' / /usr /usr/bin /etc /usr/lib)
package=$(echo edgegateway_*_"$machine".deb)
version=$(dpkg-deb -f "$package" Version)
install_package "./$package"
is "folders of the system" "$(stat -c '%a %U:%G' / /usr /usr/bin /etc /usr/lib)" "$before"
is "/etc/edgegateway" "$(owner /etc/edgegateway)" "root:edgegateway 2750"
is "the binary" "$(owner /usr/lib/edgegateway/edgegateway)" "root:root 755"
id edgegateway >/dev/null
[[ $(id -u edgegateway) -ne 0 ]] || fail "the service's user is root"
as_service /usr/bin/edgegateway --version >/dev/null
said "installed $package"

# As an operator would: the map, and a user of the page, both put there by root and read by the service.
cat >/etc/edgegateway/plant.yaml <<MAP
gateway: {id: packed, clock_wait: 0s}
store: {commit: 500ms}
connections: {net: {modbus_tcp: {host: 127.0.0.1, port: 9}}}
devices: {m: {connection: net, unit_id: 1, points: {power: {address: 0, type: u16, unit: W}}}}
dashboard: {listen: "127.0.0.1:$TRY_PORT"}
MAP
echo "a long enough password" | edgegateway users add li --role operator --file /etc/edgegateway/users.json >/dev/null
is "the map" "$(owner /etc/edgegateway/plant.yaml)" "root:edgegateway 644"
is "the users" "$(owner /etc/edgegateway/users.json)" "root:edgegateway 640"
as_service test -r /etc/edgegateway/users.json || fail "the service cannot read its users"
setpriv --reuid nobody --regid nogroup --clear-groups test -r /etc/edgegateway/plant.yaml && fail "everybody can read the map"
edgegateway validate /etc/edgegateway/plant.yaml >/dev/null
said "map and users are the service's to read and nobody else's"

# The unit's own command line, as the unit's user. What systemd itself does is judged elsewhere: here is none.
state=/var/lib/$(unit_line StateDirectory)
install -d -o "$(unit_line User)" -g "$(unit_line Group)" -m "$(unit_line StateDirectoryMode)" "$state"
start() {
    # shellcheck disable=SC2046 # words of a command line
    (exec=exec as_service $(unit_line ExecStart)) >>/tmp/service.log 2>&1 &
    service=$!
    for _ in $(seq 200); do
        if as_service /usr/bin/edgegateway health /etc/edgegateway/plant.yaml --store "$state/gateway.db" >/dev/null 2>&1; then return; fi
        kill -0 $service 2>/dev/null || break
        read -r -t 0.1 <> <(:) || true
    done
    cat /tmp/service.log
    fail "the service did not become healthy"
}
stop() {
    kill -TERM $service
    local status=0
    wait $service || status=$?
    is "how the service ends" $status 0
}
start
curl -sf "http://127.0.0.1:$TRY_PORT/healthz" >/dev/null || fail "the page does not answer"
# What the unit says for a reload.
kill -HUP $service
as_service /usr/bin/edgegateway quarantine list /etc/edgegateway/plant.yaml --store "$state/gateway.db" >/dev/null
kill -0 $service || fail "SIGHUP ended the service"
stop
is "the store" "$(owner "$state/gateway.db")" "edgegateway:edgegateway $(stat -c %a "$state/gateway.db")"
said "started by its unit's command as its user, healthy, reloaded, ended in good order"

kept() { sha256sum /etc/edgegateway/plant.yaml /etc/edgegateway/users.json; as_service sqlite3 "$state/gateway.db" "select v from meta where k like '%epoch%' order by k; select count(*) > 0 from event" 2>/dev/null || ls -l "$state"/gateway.db; }
first=$(kept)
install_package "./$package"
is "config and data after an update over itself" "$(kept)" "$first"
start
stop
# A newer version of the same files, and the way back.
dpkg-deb -R "$package" /tmp/newer
sed -i "s/^Version: .*/Version: $version.1/" /tmp/newer/DEBIAN/control
dpkg-deb --root-owner-group -Zgzip -b /tmp/newer "/tmp/newer_$machine.deb" >/dev/null
install_package "/tmp/newer_$machine.deb"
is "the version after an update" "$(dpkg-query -W -f '${Version}' edgegateway)" "$version.1"
start
stop
install_package "./$package"
is "the version after the way back" "$(dpkg-query -W -f '${Version}' edgegateway)" "$version"
[[ $(sha256sum /etc/edgegateway/plant.yaml /etc/edgegateway/users.json) == "$(head -n 2 <<<"$first")" ]] || fail "an update changed the configuration"
start
stop
said "updated over itself, to a newer version and back: configuration and data are kept, and it runs"

dpkg --remove edgegateway >/dev/null
[[ ! -e /usr/bin/edgegateway && ! -e /usr/lib/systemd/system/edgegateway.service ]] || fail "files are left behind"
[[ -s /etc/edgegateway/plant.yaml && -s $state/gateway.db ]] || fail "removing took configuration or data"
said "removed: configuration and data stay"
install_package "./$package"
start
stop
dpkg --purge edgegateway >/tmp/purge.log 2>&1
grep -q "stays in /var/lib/edgegateway" /tmp/purge.log || { cat /tmp/purge.log; fail "purging does not say what stays"; }
[[ -s $state/gateway.db && -s /etc/edgegateway/plant.yaml ]] || fail "purging took what was measured, or the operator's map"
[[ ! -e /usr/share/doc/edgegateway ]] || fail "purging left documents"
said "purged: what was measured and the operator's own files stay, and that is said"
