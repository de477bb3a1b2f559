/* Stands before the C library of one process and gives it a system clock that can be set, as date(1) or a time service sets that of a whole machine.
   The monotonic clock is left alone. CHAOS_CLOCK names a file of two 64-bit numbers: nanoseconds to add to the system clock, and 1 where NTP vouches for it. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/timex.h>
#include <time.h>

static volatile int64_t *file;

/* .NET asks the C library by handle and name, which passes by whoever stands before it. */
void *dlsym(void *restrict handle, const char *restrict name) {
    static void *(*real)(void *, const char *);
    if (!real) real = (void *(*)(void *, const char *))dlvsym(RTLD_NEXT, "dlsym", "GLIBC_2.2.5");
    if (!real) real = (void *(*)(void *, const char *))dlvsym(RTLD_NEXT, "dlsym", "GLIBC_2.17");
    if (handle != RTLD_NEXT && strcmp(name, "adjtimex") == 0) return (void *)adjtimex;
    return real(handle, name);
}

__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("CHAOS_CLOCK");
    int fd = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (fd < 0) abort();
    file = mmap(0, 16, PROT_READ, MAP_SHARED, fd, 0);
    if (file == MAP_FAILED) abort();
}

static void move(struct timespec *at) {
    int64_t nanos = at->tv_nsec + file[0] % 1000000000;
    at->tv_sec += file[0] / 1000000000;
    if (nanos < 0) { nanos += 1000000000; at->tv_sec--; }
    if (nanos >= 1000000000) { nanos -= 1000000000; at->tv_sec++; }
    at->tv_nsec = nanos;
}

int clock_gettime(clockid_t id, struct timespec *at) {
    static int (*real)(clockid_t, struct timespec *);
    if (!real) real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    int code = real(id, at);
    if (code == 0 && file && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE)) move(at);
    return code;
}

int gettimeofday(struct timeval *restrict at, void *restrict zone) {
    struct timespec precise;
    (void)zone;
    if (clock_gettime(CLOCK_REALTIME, &precise)) return -1;
    at->tv_sec = precise.tv_sec;
    at->tv_usec = precise.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *at) {
    struct timespec precise;
    clock_gettime(CLOCK_REALTIME, &precise);
    if (at) *at = precise.tv_sec;
    return precise.tv_sec;
}

int adjtimex(struct timex *state) {
    static int (*real)(struct timex *);
    if (!real) real = (int (*)(struct timex *))dlsym(RTLD_NEXT, "adjtimex");
    int code = real(state);
    if (code < 0) return code;
    if (file[1]) state->status &= ~STA_UNSYNC;
    else state->status |= STA_UNSYNC;
    return file[1] ? TIME_OK : TIME_ERROR;
}
