/* Makes a disk fail, for the test of crashes: preloaded, it stands between a process and the C library.
 *
 * After FAULT_AFTER writes and syncs it lets one sync fail (FAULT_KIND=0), or finds the disk full from then on (1), or writes half
 * of what it is given and then finds the disk full (2). Only what SQLite calls is concerned. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

/* How many calls there are before the fault; none where there is no limit. */
static long limit = -1, calls;
static int kind;

__attribute__((constructor)) static void begin(void) {
    const char *after = getenv("FAULT_AFTER"), *which = getenv("FAULT_KIND");
    limit = after ? atol(after) : -1;
    kind = which ? atoi(which) : 0;
}

/* Where this call is: before the fault (positive), at it (0), behind it (negative). */
static long turn(void) {
    return limit < 0 ? 1 : limit - __atomic_fetch_add(&calls, 1, __ATOMIC_SEQ_CST);
}

static int sync_fails(void) {
    return turn() == 0 && kind == 0;
}

int fsync(int file) {
    static int (*real)(int);
    if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    if (sync_fails()) { errno = EIO; return -1; }
    return real(file);
}

int fdatasync(int file) {
    static int (*real)(int);
    if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    if (sync_fails()) { errno = EIO; return -1; }
    return real(file);
}

static ssize_t write_at(ssize_t (*real)(int, const void *, size_t, off_t), int file, const void *data, size_t size, off_t place) {
    long now = turn();
    if (kind != 0 && now <= 0) {
        if (kind == 2 && now == 0) return real(file, data, size / 2, place);
        errno = ENOSPC;
        return -1;
    }
    return real(file, data, size, place);
}

ssize_t pwrite(int file, const void *data, size_t size, off_t place) {
    static ssize_t (*real)(int, const void *, size_t, off_t);
    if (!real) real = (ssize_t (*)(int, const void *, size_t, off_t))dlsym(RTLD_NEXT, "pwrite");
    return write_at(real, file, data, size, place);
}

ssize_t pwrite64(int file, const void *data, size_t size, off_t place) {
    static ssize_t (*real)(int, const void *, size_t, off_t);
    if (!real) real = (ssize_t (*)(int, const void *, size_t, off_t))dlsym(RTLD_NEXT, "pwrite64");
    return write_at(real, file, data, size, place);
}
