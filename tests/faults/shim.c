/* A disk that fails as it is told to, put between a program and the system by LD_PRELOAD.
 *
 * FAULT_CALL and FAULT_ERRNO: every such call fails: flock, fsync_folder, fsync_file, write, open, mkdir, unlink, cut.
 * FAULT_AT and FAULT_ERRNO:   the call of that number fails, whichever it is.
 * FAULT_AT alone:             the program is killed before the call of that number. With FAULT_LOSE, what was written and
 *                             not synced is lost, as when the power fails.
 * FAULT_COUNT:                a file that gets the number of calls in the end.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILES 256
static off_t synced[FILES]; /* how much of an open file is on the disk, and one more; 0 where nothing was written */
static int calls;

static int number(const char *name) {
    const char *text = getenv(name);
    return text ? atoi(text) : 0;
}

static int is_file(int fd) {
    struct stat it;
    return fd > 2 && !fstat(fd, &it) && S_ISREG(it.st_mode);
}

static int is_folder(int fd) {
    struct stat it;
    return !fstat(fd, &it) && S_ISDIR(it.st_mode);
}

static void end(void) {
    if (getenv("FAULT_LOSE"))
        for (int fd = 3; fd < FILES; fd++)
            if (synced[fd] && is_file(fd)) ftruncate(fd, synced[fd] - 1);
    raise(SIGKILL);
}

static int fails(const char *call) {
    const char *wanted = getenv("FAULT_CALL");
    int at = number("FAULT_AT");
    calls++;
    if (at == calls && !number("FAULT_ERRNO")) end();
    if (at == calls || (wanted && !strcmp(wanted, call))) {
        errno = number("FAULT_ERRNO");
        return 1;
    }
    return 0;
}

#define REAL(type, name, ...) ((type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name))

int flock(int fd, int how) {
    if (!(how & LOCK_UN) && fails("flock")) return -1;
    return REAL(int, "flock", int, int)(fd, how);
}

static int sync_with(const char *name, int fd) {
    struct stat it;
    if (fails(is_folder(fd) ? "fsync_folder" : "fsync_file")) return -1;
    int done = REAL(int, name, int)(fd);
    if (!done && is_file(fd) && fd < FILES && !fstat(fd, &it)) synced[fd] = it.st_size + 1;
    return done;
}

int fsync(int fd) { return sync_with("fsync", fd); }
int fdatasync(int fd) { return sync_with("fdatasync", fd); }

ssize_t write(int fd, const void *bytes, size_t length) {
    struct stat it;
    if (is_file(fd)) {
        if (fails("write")) return -1;
        if (fd < FILES && !synced[fd] && !fstat(fd, &it)) synced[fd] = it.st_size + 1;
    }
    return REAL(ssize_t, "write", int, const void *, size_t)(fd, bytes, length);
}

static int open_with(const char *name, const char *path, int flags, mode_t mode) {
    if ((flags & O_ACCMODE) != O_RDONLY && fails("open")) return -1;
    int fd = REAL(int, name, const char *, int, ...)(path, flags, mode);
    if (fd >= 0 && fd < FILES) synced[fd] = 0;
    return fd;
}

#define OPEN(name)                                        \
    int name(const char *path, int flags, ...) {          \
        va_list more;                                     \
        va_start(more, flags);                            \
        mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0; \
        va_end(more);                                     \
        return open_with(#name, path, flags, mode);       \
    }
OPEN(open)
OPEN(open64)

int mkdir(const char *path, mode_t mode) {
    if (fails("mkdir")) return -1;
    return REAL(int, "mkdir", const char *, mode_t)(path, mode);
}

int unlink(const char *path) {
    if (fails("unlink")) return -1;
    return REAL(int, "unlink", const char *)(path);
}

int ftruncate64(int fd, off64_t length) {
    if (fails("cut")) return -1;
    return REAL(int, "ftruncate64", int, off64_t)(fd, length);
}

__attribute__((destructor)) static void count(void) {
    const char *path = getenv("FAULT_COUNT");
    FILE *file = path ? fopen(path, "we") : NULL;
    if (!file) return;
    fprintf(file, "%d", calls);
    fclose(file);
}
