#!/usr/bin/env bash
# Sets up what the tests need, builds, and runs every test. The last line is `N passed, N failed, N skipped`.
#
#   ./test.sh                 everything but the longest
#   ./test.sh NAME…           only the test projects whose name contains one of the NAMEs
#   ./test.sh --full          everything: also OPC UA under load and for a simulated day, 10 000 random histories, 200 kills, 500 lost writes, an outage of 72 hours, the build for the other processor (linux-arm64), run under qemu, and the container
#   ./test.sh --no-setup      installs nothing; what is missing makes tests fail
#   ./test.sh chaos [--runs N] [--seed S] [--steps A,B…] [--parallel N]
#                             random scripts of faults in real time, a few of them. With --runs N scripts from seed S (1) on: a campaign that goes on where it was
#                             broken off, its seeds stand in artifacts/chaos.txt. With --seed alone that script again, with --steps only those of its steps
#
# With CI set, a skipped test is a failure.
set -euo pipefail
cd "$(dirname "$0")"

# Peers of the tests, the linker of Native AOT, the time zones, and `kill` for stopping children.
packages=(systemd mosquitto mosquitto-clients influxdb victoria-metrics mbpoll socat python3-pymodbus python3-serial-asyncio sqlite3 procps tzdata curl openssh-client clang zlib1g-dev libssl3 ca-certificates)
cross_packages=(lld gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user-static)
configuration=Release
project_limit=600s
logs=artifacts/test
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en
# The SDK itself would want ICU; nothing here does.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1

passed=0 failed=0 skipped=0 summed=no
failures=()

finish() {
    local status=$?
    kill $(jobs -p) 2>/dev/null || true
    if [[ $summed == no && $status -ne 0 && $status -ne 64 ]]; then
        failed=$((failed + 1))
        echo "stopped before the tests were over"
        echo "$passed passed, $failed failed, $skipped skipped"
    fi
}
trap finish EXIT
trap 'exit 130' INT TERM

usage() { sed -n '2,/^set -/{/^#/s/^# \{0,1\}//p}' "$0"; }

# Runs a step, says its name before and its duration after.
step() {
    local name=$1 begin=$SECONDS
    shift
    echo "== $name"
    "$@"
    echo "== $name: $((SECONDS - begin)) s"
}

as_root() {
    if [[ $(id -u) -eq 0 ]]; then "$@"
    elif ! command -v sudo >/dev/null; then
        echo "neither root nor sudo: run as root: $*" >&2
        return 1
    elif [[ -t 0 ]]; then sudo "$@"
    else sudo -n "$@"
    fi
}

missing_of() {
    local package
    for package in "$@"; do
        [[ $(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || echo "$package"
    done
}

apt_install() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0 install -y -qq --no-install-recommends "$@" </dev/null
}

# Installs the packages that are missing. Debian would start services: the tests start brokers and databases of their own.
install_missing() {
    if ! command -v apt-get >/dev/null; then
        echo "not Debian: install by hand the equivalents of: $*"
        return
    fi
    local missing policy=/usr/sbin/policy-rc.d made=no status=0
    mapfile -t missing < <(missing_of "$@")
    if [[ ${#missing[@]} -eq 0 ]]; then
        echo "nothing to install"
        return
    fi
    echo "installing: ${missing[*]}"
    if [[ ! -e $policy ]]; then
        printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
        as_root chmod 755 "$policy"
        made=yes
    fi
    if ! apt_install "${missing[@]}" >"$logs/apt.log" 2>&1; then
        echo "package lists are stale: updating them once"
        { as_root apt-get -o DPkg::Lock::Timeout=120 update -qq </dev/null && apt_install "${missing[@]}"; } >>"$logs/apt.log" 2>&1 || status=1
    fi
    if [[ $made == yes ]]; then as_root rm -f "$policy"; fi
    if [[ $status -ne 0 ]]; then
        cat "$logs/apt.log"
        echo "apt-get could not install: ${missing[*]}"
        return 1
    fi
    local service
    for service in mosquitto influxdb victoria-metrics; do
        if [[ -d /run/systemd/system && " ${missing[*]} " == *" $service "* ]]; then as_root systemctl disable --quiet "$service"; fi
    done
}

check_sdk() {
    command -v dotnet >/dev/null || { echo "the .NET 10 SDK is missing: https://dotnet.microsoft.com/download" >&2; return 1; }
    dotnet --version >/dev/null || { echo "the SDK does not satisfy global.json; installed: $(dotnet --list-sdks)" >&2; return 1; }
}

build() {
    local target
    for target in "$@"; do dotnet build "$target" -c "$configuration" -v quiet "${build_options[@]}"; done
}

publish_aot() {
    local options=(-p:PublishAot=true -p:TrimmerSingleWarn=false)
    # The host's objcopy does not know the other processor.
    if [[ $1 != "$rid" ]]; then options+=(-p:ObjCopyName=aarch64-linux-gnu-objcopy); fi
    dotnet publish src/EdgeGateway -c "$configuration" -r "$1" -o "artifacts/aot/$1" "${options[@]}" -v quiet "${build_options[@]}"
    ls -l "artifacts/aot/$1/edgegateway"
}

# Runs one test project as a job; writes its log and report, and its duration and exit code for `count`.
run_project() {
    local name=$1 begin=$SECONDS status=0
    timeout -k 10s "$project_limit" "tests/$name/bin/$configuration/net10.0/$name" -noColor -noLogo -result-xml "$logs/$name.xml" >"$logs/$name.log" 2>&1 </dev/null &
    # `timeout` leads a process group of its own: it hears of Ctrl-C only from here.
    trap "kill $! 2>/dev/null" TERM
    wait $! || status=$?
    echo "$status $((SECONDS - begin))" >"$logs/$name.end"
}

attribute() { grep -o " $2=\"[0-9]*\"" <<<"$1" | grep -o '[0-9]*' || echo 0; }

fail() {
    failures+=("$1")
    failed=$((failed + 1))
}

# Adds a project's figures to the sums and says how it went.
count() {
    local name=$1 status seconds head='' p=0 f=0 s=0 line
    read -r status seconds <"$logs/$name.end"
    if [[ -s $logs/$name.xml ]]; then head=$(grep -o -m1 '<assembly [^>]*>' "$logs/$name.xml" || true); fi
    if [[ -n $head ]]; then
        p=$(attribute "$head" passed) s=$(attribute "$head" skipped)
        f=$(($(attribute "$head" failed) + $(attribute "$head" errors)))
    fi
    printf '%-40s %5s passed %3s failed %3s skipped %5s s\n' "$name" "$p" "$f" "$s" "$seconds"
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
    while read -r line; do failures+=("$line"); done < <(grep -o '[^ ].* \[\(FAIL\|SKIP\)\]' "$logs/$name.log" || true)
    if [[ $status -eq 124 || $status -eq 137 ]]; then fail "$name did not end within $project_limit"
    elif [[ -z $head ]]; then fail "$name ended with code $status and without a report"
    elif [[ $((p + f)) -eq 0 ]]; then fail "$name ran no test"
    elif [[ $status -ne 0 && $f -eq 0 ]]; then fail "$name ended with code $status although no test failed"
    fi
    if [[ $status -ne 0 || $f -ne 0 ]]; then tail -n 200 "$logs/$name.log"; fi
}

# Pure projects run two at a time. One that talks to real processes, and so to real time, has the machine for itself.
run_tests() {
    local name shared=() alone=() started=0
    for name in "$@"; do
        if [[ $name == EdgeGateway.Tests ]] || grep -q 'EdgeGateway.Peers' "tests/$name/$name.csproj"; then alone+=("$name"); else shared+=("$name"); fi
    done
    rm -f "$logs"/*.log "$logs"/*.xml "$logs"/*.end
    for name in "${shared[@]}"; do
        if [[ $started -ge 2 ]]; then wait -n || true; fi
        run_project "$name" &
        started=$((started + 1))
    done
    wait
    for name in "${shared[@]}"; do count "$name"; done
    for name in "${alone[@]}"; do
        run_project "$name" &
        wait
        count "$name"
    done
}

# Five hundred chaos scripts. Broken off, it goes on where it was: its seeds stand in artifacts/chaos.txt, faulty ones with the shortest of their scripts that is faulty.
run_chaos() {
    if CHAOS_RUNS=${CHAOS_RUNS:-500} CHAOS_CAMPAIGN=$PWD/artifacts/chaos.txt "tests/Chaos.Tests/bin/$configuration/net10.0/Chaos.Tests" -noColor -noLogo -class '*ChaosTests' >"$logs/chaos.log" 2>&1 </dev/null; then
        passed=$((passed + 1))
    else
        grep '^faulty' artifacts/chaos.txt || tail -n 50 "$logs/chaos.log"
        fail "chaos: faulty seeds stand in artifacts/chaos.txt"
    fi
}

# Thirty simulated days of a thousand points. The hourly figures stand in artifacts/soak.csv, the trends in the log.
# As in the program that is shipped, the collector has its budgets and code is compiled once: else memory follows what .NET compiles anew in the background.
run_soak() {
    rm -f artifacts/soak.csv
    local budgets
    mapfile -t budgets < <(sed -n 's/.*--runtimeopt:\(GC[A-Za-z0-9]*=[0-9A-F]*\)".*/DOTNET_\1/p' src/EdgeGateway/EdgeGateway.csproj)
    if env "${budgets[@]}" DOTNET_TieredCompilation=0 SOAK_DAYS=30 SOAK_FILE="$PWD/artifacts/soak.csv" "tests/EdgeGateway.Tests/bin/$configuration/net10.0/EdgeGateway.Tests" -noColor -noLogo -showLiveOutput -class '*.SoakTests' >"$logs/soak.log" 2>&1 </dev/null; then
        passed=$((passed + 1))
        grep ' a day, ' "$logs/soak.log" | sed 's/.*OUTPUT\] /  /'
    else
        tail -n 50 "$logs/soak.log"
        fail "the soak of 30 days: something grows, or its figures are wrong"
    fi
}

# OpenSSL of the other processor, which .NET loads when it first hashes; fetched by a package index of its own, so that this machine stays as it is.
fetch_cross_libraries() {
    local root=$PWD/artifacts/arm64
    local apt=(-qq -o APT::Architecture=arm64 -o APT::Architectures=arm64 -o "Dir::State=$root/state" -o "Dir::State::status=$root/status" -o "Dir::Cache=$root/cache" -o APT::Sandbox::User=root)
    if compgen -G "$root/usr/lib/aarch64-linux-gnu/libssl.so.3" >/dev/null; then return; fi
    mkdir -p "$root/state/lists/partial" "$root/cache/archives/partial"
    : >"$root/status"
    apt-get "${apt[@]}" update
    (cd "$root" && apt-get "${apt[@]}" download libssl3 && dpkg-deb -x libssl3_*_arm64.deb .)
}

# The package of what was published: installed, run, updated, removed and purged in a view of this machine's root.
try_package() {
    RELEASE_FOLDER=artifacts/test-release ./publish.sh --packed "$rid" >"$logs/package.log" 2>&1 || { tail -n 50 "$logs/package.log"; fail "the package cannot be made"; return; }
    if as_root unshare --mount true 2>/dev/null; then
        if as_root packaging/try.sh artifacts/test-release >"$logs/package.log" 2>&1; then
            passed=$((passed + 1))
            sed -n 's/^ok /  /p' "$logs/package.log"
        else
            tail -n 50 "$logs/package.log"
            fail "the package is not what it should be"
        fi
    else
        echo "not tried: it takes root and the right to mount"
    fi
}

# The container's last stage, built and run under a read-only root.
try_container() {
    if as_root packaging/try-container.sh >"$logs/container.log" 2>&1; then
        passed=$((passed + 1))
        sed -n 's/^ok /  /p' "$logs/container.log"
    else
        tail -n 50 "$logs/container.log"
        fail "the container is not what it should be"
    fi
}

# The binary of the other processor must start and run the demo. The emulator is slow: it gets more time than it needs.
smoke_cross() {
    local run=(timeout -k 10s 300s qemu-aarch64-static -L /usr/aarch64-linux-gnu -E "LD_LIBRARY_PATH=$PWD/artifacts/arm64/usr/lib/aarch64-linux-gnu" artifacts/aot/linux-arm64/edgegateway)
    if "${run[@]}" --version && "${run[@]}" demo --for 20s </dev/null >"$logs/arm64-demo.log" 2>&1; then
        passed=$((passed + 1))
    else
        tail -n 50 "$logs/arm64-demo.log" || true
        fail "linux-arm64: the demo does not run under qemu"
    fi
}

# Tests that are marked explicit because they take long or most of the machine.
run_explicit() {
    local project=$1 class=$2
    if "tests/$project/bin/$configuration/net10.0/$project" -noColor -noLogo -explicit only -class "$class" >"$logs/${class//[^A-Za-z]/}.log" 2>&1 </dev/null; then
        passed=$((passed + 1))
    else
        tail -n 50 "$logs/${class//[^A-Za-z]/}.log"
        fail "$project $class"
    fi
}

# Ten thousand random pasts against the truth. Broken off, it goes on where it was: its seeds stand in artifacts/histories.txt, faulty ones with the shortest part that is faulty.
run_histories() {
    if HISTORY_CAMPAIGN=artifacts/histories.txt HISTORY_COUNT=10000 "tests/EdgeGateway.Metering.Tests/bin/$configuration/net10.0/EdgeGateway.Metering.Tests" -noColor -noLogo \
        -method '*TruthTests.What_is_said_is_true_within_its_bound' >"$logs/histories.log" 2>&1 </dev/null; then
        passed=$((passed + 1))
    else
        grep '^faulty' artifacts/histories.txt || tail -n 50 "$logs/histories.log"
        fail "random histories: faulty seeds stand in artifacts/histories.txt"
    fi
}

# Kills and lost writes of the store at random instants. Seeds and what was found stand in artifacts/store-campaign.txt; broken off, it goes on where it was.
run_store_campaign() {
    local tests=tests/EdgeGateway.Storage.Tests/bin/$configuration/net10.0/EdgeGateway.Storage.Tests status=0
    export STORE_CAMPAIGN=artifacts/store-campaign.txt
    STORE_COUNT=200 "$tests" -noColor -noLogo -method '*CrashTests.A_killed_process*' >"$logs/store-campaign.log" 2>&1 </dev/null || status=1
    STORE_COUNT=500 "$tests" -noColor -noLogo -method '*CrashTests.A_log_cut*' >>"$logs/store-campaign.log" 2>&1 </dev/null || status=1
    unset STORE_CAMPAIGN
    for kind in kill tail; do echo "$kind: $(grep -c "^ok $kind " artifacts/store-campaign.txt || true) passed"; done
    if [[ $status -eq 0 ]]; then passed=$((passed + 2))
    else
        tail -n 50 "$logs/store-campaign.log"
        fail "store: a kill or a lost write cost more than it may; see $logs/store-campaign.log"
    fi
}

# Three days without an uplink, drained into a real broker while live samples keep arriving. The figures stand in artifacts/outage.txt.
run_outage() {
    if OUTAGE_HOURS=72 OUTAGE_REPORT=artifacts/outage.txt "tests/EdgeGateway.Tests/bin/$configuration/net10.0/EdgeGateway.Tests" -noColor -noLogo -class '*OutageTests' >"$logs/outage.log" 2>&1 </dev/null; then
        passed=$((passed + 1))
        tail -n 1 artifacts/outage.txt
    else
        tail -n 50 "$logs/outage.log"
        fail "the outage of 72 hours was not drained as it should be"
    fi
}

setup=yes full=no names=()
while [[ $# -gt 0 ]]; do
    argument=$1
    shift
    case $argument in
        --full) full=yes ;;
        --no-setup) setup=no ;;
        --runs | --seed | --steps | --parallel)
            [[ ${1:-} =~ ^[0-9]+(,[0-9]+)*$ ]] || { echo "$argument needs a number" >&2; exit 64; }
            export "CHAOS_$(tr a-z A-Z <<<"${argument#--}")=$1"
            shift
            ;;
        -h | --help) usage; exit 0 ;;
        -*) echo "unknown option $argument" >&2; usage >&2; exit 64 ;;
        *) names+=("$argument") ;;
    esac
done

all=() chosen=()
for project in tests/*.Tests/*.csproj; do all+=("$(basename "$project" .csproj)"); done
for project in "${all[@]}"; do
    if [[ ${#names[@]} -eq 0 ]]; then chosen+=("$project"); fi
    for name in "${names[@]}"; do
        if [[ ${project,,} == *"${name,,}"* ]]; then chosen+=("$project"); break; fi
    done
done
if [[ ${#chosen[@]} -eq 0 ]]; then
    printf 'no test project is called like: %s\nthere are:\n' "${names[*]}" >&2
    printf '  %s\n' "${all[@]}" >&2
    exit 64
fi

# Where no file system can be mounted, a full disk is a limit of file sizes: the write must fail, not the process end by a signal.
trap '' XFSZ

# A campaign remembers its seeds, and takes its time.
CHAOS_COMMIT=$(git rev-parse --short HEAD 2>/dev/null || echo unknown)
export CHAOS_COMMIT CHAOS_FOLDER=$PWD/artifacts/chaos
if [[ -n ${CHAOS_RUNS:-} ]]; then export CHAOS_CAMPAIGN=$PWD/artifacts/chaos.txt project_limit=7d; fi

case $(uname -m) in
    x86_64) rid=linux-x64 ;;
    aarch64) rid=linux-arm64 ;;
    *) echo "no Native AOT for $(uname -m)" >&2; exit 64 ;;
esac

# Tests of other parts need no page, and so no packages of it.
[[ " ${chosen[*]} " == *" EdgeGateway.Dashboard.Tests "* ]] || export BuildPage=false

# In CI no build node waits for a next build.
build_options=(-nologo -clp:ErrorsOnly)
if [[ -n ${CI:-} ]]; then build_options+=(-nodeReuse:false); fi

mkdir -p "$logs"
# The schema of maps is judged by ajv, a package of npm; any node will do.
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then packages+=(nodejs npm); fi
# The page is judged in a real browser.
if [[ " ${chosen[*]} " == *" EdgeGateway.Dashboard.Tests "* ]]; then packages+=(chromium); fi
if [[ $setup == yes ]]; then step "set-up" install_missing "${packages[@]}"; fi
if [[ $setup == yes && " ${chosen[*]} " == *" EdgeGateway.Dashboard.Tests "* ]]; then
    step "set-up: npm packages of the browser tests (playwright-core, axe-core)" npm ci --prefix tests/EdgeGateway.Dashboard.Tests/browser --silent
fi
if [[ $setup == yes && " ${chosen[*]} " == *" EdgeGateway.DeviceMaps.Tests "* ]]; then
    step "set-up: npm packages of the schema's judge (ajv, yaml)" npm ci --prefix tests/EdgeGateway.DeviceMaps.Tests/ajv --silent
fi
if [[ $setup == yes && ( " ${chosen[*]} " == *" EdgeGateway.Drivers.OpcUa.Tests "* || " ${chosen[*]} " == *" EdgeGateway.Tests "* ) ]]; then
    step "set-up: npm packages of the OPC UA peer (node-opcua)" npm ci --prefix tests/EdgeGateway.Peers/opcua --silent
fi
check_sdk
if [[ ${#names[@]} -eq 0 ]]; then step "build" build EdgeGateway.sln; else step "build" build "${chosen[@]/#/tests/}"; fi
if [[ " ${chosen[*]} " == *" EdgeGateway.Tests "* || " ${chosen[*]} " == *" Chaos.Tests "* ]]; then
    step "publish $rid (Native AOT)" publish_aot "$rid"
    export EDGEGATEWAY_BINARY=$PWD/artifacts/aot/$rid/edgegateway
fi
step "tests" run_tests "${chosen[@]}"
if [[ " ${chosen[*]} " == *" EdgeGateway.Tests "* ]] && command -v dpkg-deb >/dev/null; then step "the package" try_package; fi
if [[ $full == yes && " ${chosen[*]} " == *" EdgeGateway.Metering.Tests "* ]]; then step "10 000 random histories" run_histories; fi
if [[ $full == yes && " ${chosen[*]} " == *" EdgeGateway.Drivers.OpcUa.Tests "* ]]; then step "OPC UA: 10 000 items a second" run_explicit EdgeGateway.Drivers.OpcUa.Tests '*.SoakTests'; fi
if [[ $full == yes && " ${chosen[*]} " == *" EdgeGateway.Tests "* ]]; then step "OPC UA: a simulated day" run_explicit EdgeGateway.Tests '*.OpcUaDayTests'; fi
if [[ $full == yes && " ${chosen[*]} " == *" EdgeGateway.Storage.Tests "* ]]; then step "200 kills, 500 lost writes" run_store_campaign; fi
if [[ $full == yes && " ${chosen[*]} " == *" EdgeGateway.Tests "* ]]; then step "an outage of 72 hours" run_outage; fi
if [[ $full == yes && $rid == linux-x64 ]]; then
    if [[ $setup == yes ]]; then step "set-up for linux-arm64" install_missing "${cross_packages[@]}"; fi
    if [[ $setup == yes ]]; then step "set-up for linux-arm64: libssl3" fetch_cross_libraries; fi
    step "publish linux-arm64 (Native AOT)" publish_aot linux-arm64
    step "demo on linux-arm64 (qemu)" smoke_cross
    if [[ $setup == yes ]]; then step "set-up for the container" install_missing buildah runc; fi
    if [[ " ${chosen[*]} " == *" EdgeGateway.Tests "* ]]; then step "the container" try_container; fi
fi

if [[ $full == yes && " ${chosen[*]} " == *" Chaos.Tests "* ]]; then step "500 chaos scripts" run_chaos; fi
if [[ $full == yes && " ${chosen[*]} " == *" EdgeGateway.Tests "* ]]; then step "a soak of 30 simulated days" run_soak; fi

for name in "${failures[@]}"; do echo "  $name"; done
status=0
if [[ $failed -gt 0 || $passed -eq 0 ]]; then status=1; fi
if [[ $skipped -gt 0 && -n ${CI:-} ]]; then
    echo "a skipped test is a failure in CI"
    status=1
fi
echo "all in $SECONDS s"
echo "$passed passed, $failed failed, $skipped skipped"
summed=yes
exit $status
