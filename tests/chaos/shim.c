/* Stands between a process and its disk (LD_PRELOAD), for what lies below one folder.
 *
 * Counts what changes files: writes, syncs, new names, sizes. At the operation of a given number it refuses with an error
 * (once, or from then on), kills the process, or moves the clock; or it refuses whatever grows beyond a budget of bytes.
 * Where a journal is asked for, it writes down before each operation what would undo it, and hard-links every file that
 * is touched, so that power.py can take back what was never synced.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { COUNT, FAIL_ONCE, FAIL_ON, KILL, BUDGET, JUMP };
#define REAL(name) ({ static __typeof__(&name) real; if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name); real; })

static char below[PATH_MAX], limbo[PATH_MAX];
static long at, passed, used, moved;
static int what = -1, error, journal = -1;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* `kept`: folder beside the home for journal and hard links; empty for none. `given`: the error, or seconds to jump. */
void chaos_arm(const char *home, const char *kept, long number, int kind, int given) {
    snprintf(below, sizeof below, "%s/", home);
    passed = used = moved = 0;
    at = number;
    error = given;
    if (*kept) {
        char path[PATH_MAX + 8];
        snprintf(limbo, sizeof limbo, "%s", kept);
        snprintf(path, sizeof path, "%s/journal", kept);
        journal = REAL(open)(path, O_CREAT | O_WRONLY | O_APPEND, 0600);
    }
    what = kind;
}

long chaos_count(void) { return passed; }

static int ours(const char *path) { return what >= 0 && !strncmp(path, below, strlen(below)); }

static int path_of(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = what < 0 ? -1 : readlink(link, path, PATH_MAX - 1);
    path[length > 0 ? length : 0] = 0;
    return ours(path);
}

static int absolute(int folder, const char *name, char *path) {
    if (what < 0) return 0;
    if (*name == '/') snprintf(path, PATH_MAX, "%s", name);
    else {
        char base[PATH_MAX];
        if (folder == AT_FDCWD) { if (!getcwd(base, sizeof base)) return 0; }
        else path_of(folder, base);
        if ((size_t)snprintf(path, PATH_MAX, "%s/%s", base, name) >= PATH_MAX) return 0;
    }
    return ours(path);
}

/* One record: kind, inode, two numbers, two lengths, two pieces of bytes. */
static void enter(char kind, uint64_t inode, uint64_t a, uint64_t b, const void *one, uint32_t n, const void *two, uint32_t m) {
    if (journal < 0) return;
    struct __attribute__((packed)) { char kind; uint64_t inode, a, b; uint32_t n, m; } head = {kind, inode, a, b, n, m};
    struct iovec parts[] = {{&head, sizeof head}, {(void *)one, n}, {(void *)two, m}};
    if (REAL(writev)(journal, parts, 3) < 0) abort();
}

/* Keeps a file of that name, or a link, reachable by its inode; 0 where there is none. */
static uint64_t keep(const char *path) {
    struct stat found;
    if (journal < 0 || lstat(path, &found) || S_ISDIR(found.st_mode)) return 0;
    char kept[PATH_MAX + 32];
    snprintf(kept, sizeof kept, "%s/%lu", limbo, (unsigned long)found.st_ino);
    linkat(AT_FDCWD, path, AT_FDCWD, kept, 0);
    return found.st_ino;
}

/* What a change from `offset` on will overwrite or cut off. */
static void before_bytes(const char *path, off_t offset, size_t length) {
    struct stat found;
    if (journal < 0 || stat(path, &found)) return;
    keep(path);
    size_t there = offset >= found.st_size ? 0 : (size_t)(found.st_size - offset);
    if (there > length) there = length;
    char *old = malloc(there ? there : 1);
    int fd = REAL(open)(path, O_RDONLY);
    if (fd >= 0 && there && pread(fd, old, there, offset) < 0) there = 0;
    if (fd >= 0) close(fd);
    enter('W', found.st_ino, offset, found.st_size, old, there, "", 0);
    free(old);
}

/* Whether the operation may not happen; `growth` in bytes. With the lock held. */
static int refused(long growth) {
    long number = ++passed;
    if (what == KILL && number == at) kill(getpid(), SIGKILL);
    if (what == JUMP && number == at) moved = error;
    int bad = (what == FAIL_ONCE && number == at) || (what == FAIL_ON && number >= at) ||
              (what == BUDGET && growth > 0 && used + growth > at);
    if (bad) errno = what == BUDGET ? ENOSPC : error;
    else used += growth > 0 ? growth : 0;
    return bad;
}

static long growth_of(int fd, off_t offset, size_t length) {
    struct stat found;
    return fstat(fd, &found) ? 0 : (long)(offset + (off_t)length - found.st_size);
}

#define GUARDED(answer, failed, growth, record, call)          \
    pthread_mutex_lock(&lock);                                 \
    if (refused(growth)) answer = failed;                      \
    else { record; answer = call; }                            \
    { int kept = errno; pthread_mutex_unlock(&lock); errno = kept; }

#define WRITE(name, offset, parameters, length, arguments)                                   \
    ssize_t name parameters {                                                                \
        char path[PATH_MAX]; ssize_t done;                                                   \
        if (!path_of(fd, path)) return REAL(name) arguments;                                 \
        off_t place = (fcntl(fd, F_GETFL) & O_APPEND) ? lseek(fd, 0, SEEK_END) : (offset);   \
        GUARDED(done, -1, growth_of(fd, place, length), before_bytes(path, place, length), REAL(name) arguments) \
        return done;                                                                         \
    }

WRITE(write, lseek(fd, 0, SEEK_CUR), (int fd, const void *from, size_t n), n, (fd, from, n))
WRITE(pwrite, o, (int fd, const void *from, size_t n, off_t o), n, (fd, from, n, o))
WRITE(pwrite64, o, (int fd, const void *from, size_t n, off64_t o), n, (fd, from, n, o))
WRITE(sendfile, lseek(fd, 0, SEEK_CUR), (int fd, int in, off_t *o, size_t n), n, (fd, in, o, n))
WRITE(sendfile64, lseek(fd, 0, SEEK_CUR), (int fd, int in, off64_t *o, size_t n), n, (fd, in, o, n))

static size_t sum(const struct iovec *parts, int count) {
    size_t all = 0;
    for (int i = 0; i < count; i++) all += parts[i].iov_len;
    return all;
}
WRITE(writev, lseek(fd, 0, SEEK_CUR), (int fd, const struct iovec *p, int c), sum(p, c), (fd, p, c))

/* Python copies files by it where it can; refused as unknown, so that it writes as others do. */
ssize_t copy_file_range(int in, off64_t *o, int out, off64_t *p, size_t n, unsigned f) {
    (void)in, (void)o, (void)out, (void)p, (void)n, (void)f;
    errno = ENOSYS;
    return -1;
}

#define SYNC(name)                                                                    \
    int name(int fd) {                                                                \
        char path[PATH_MAX]; int done; struct stat found;                             \
        if (!path_of(fd, path) && strncmp(path, below, strlen(below) - 1)) return REAL(name)(fd); \
        if (what < 0) return REAL(name)(fd);                                          \
        GUARDED(done, -1, 0, , REAL(name)(fd))                                        \
        if (!done && !fstat(fd, &found)) enter('S', found.st_ino, 0, 0, "", 0, "", 0); \
        return done;                                                                  \
    }
SYNC(fsync)
SYNC(fdatasync)

#define SIZE(name, type)                                                                              \
    int name(int fd, type size) {                                                                     \
        char path[PATH_MAX]; int done;                                                                \
        if (!path_of(fd, path)) return REAL(name)(fd, size);                                          \
        GUARDED(done, -1, growth_of(fd, size, 0), before_bytes(path, size, SIZE_MAX), REAL(name)(fd, size)) \
        return done;                                                                                  \
    }
SIZE(ftruncate, off_t)
SIZE(ftruncate64, off64_t)

static int opened(int folder, const char *name, int flags, mode_t mode) {
    char path[PATH_MAX]; int fd;
    int there = 0;
    if (!(flags & (O_CREAT | O_TRUNC)) || !absolute(folder, name, path)) return REAL(openat)(folder, name, flags, mode);
    there = !access(path, F_OK);
    if (there && !(flags & O_TRUNC)) return REAL(openat)(folder, name, flags, mode);
    GUARDED(fd, -1, 0, if (there) before_bytes(path, 0, SIZE_MAX), REAL(openat)(folder, name, flags, mode))
    if (fd >= 0 && !there) enter('C', keep(path), 0, 0, path, strlen(path), "", 0);
    return fd;
}
#define OPEN(name, parameters, folder)                            \
    int name parameters {                                         \
        mode_t mode = 0;                                          \
        if (flags & (O_CREAT | O_TMPFILE)) { va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); } \
        return opened(folder, name_, flags, mode);                \
    }
OPEN(open, (const char *name_, int flags, ...), AT_FDCWD)
OPEN(open64, (const char *name_, int flags, ...), AT_FDCWD)
OPEN(openat64, (int folder_, const char *name_, int flags, ...), folder_)

static int renamed(int a, const char *from, int b, const char *to) {
    char old[PATH_MAX], made[PATH_MAX]; int done;
    if (!absolute(a, from, old) || !absolute(b, to, made)) return REAL(renameat)(a, from, b, to);
    uint64_t replaced = 0;
    GUARDED(done, -1, 0, replaced = keep(made), REAL(renameat)(a, from, b, to))
    if (!done) enter('R', replaced, 0, 0, old, strlen(old), made, strlen(made));
    return done;
}
int rename(const char *from, const char *to) { return renamed(AT_FDCWD, from, AT_FDCWD, to); }

static int removed(int folder, const char *name, int flags) {
    char path[PATH_MAX]; int done;
    if (!absolute(folder, name, path)) return REAL(unlinkat)(folder, name, flags);
    struct stat found;
    long freed = lstat(path, &found) || found.st_nlink > 1 ? 0 : found.st_size;
    uint64_t gone = 0;
    GUARDED(done, -1, 0, gone = keep(path), REAL(unlinkat)(folder, name, flags))
    if (!done) enter(flags & AT_REMOVEDIR ? 'X' : 'U', gone, 0, 0, path, strlen(path), "", 0);
    if (!done && what == BUDGET) used -= freed;
    return done;
}
int unlink(const char *name) { return removed(AT_FDCWD, name, 0); }
int rmdir(const char *name) { return removed(AT_FDCWD, name, AT_REMOVEDIR); }

int mkdir(const char *name, mode_t mode) {
    char path[PATH_MAX]; int done;
    if (!absolute(AT_FDCWD, name, path)) return REAL(mkdir)(name, mode);
    GUARDED(done, -1, 0, , REAL(mkdir)(name, mode))
    if (!done) enter('M', 0, 0, 0, path, strlen(path), "", 0);
    return done;
}
int symlink(const char *to, const char *name) {
    char path[PATH_MAX]; int done;
    if (!absolute(AT_FDCWD, name, path)) return REAL(symlink)(to, name);
    GUARDED(done, -1, 0, , REAL(symlink)(to, name))
    if (!done) enter('C', keep(path), 0, 0, path, strlen(path), "", 0);
    return done;
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    int done = REAL(clock_gettime)(clock, now);
    if (!done && clock == CLOCK_REALTIME) now->tv_sec += moved;
    return done;
}
time_t time(time_t *now) {
    struct timespec found;
    clock_gettime(CLOCK_REALTIME, &found);
    if (now) *now = found.tv_sec;
    return found.tv_sec;
}
int gettimeofday(struct timeval *now, void *zone) {
    struct timespec found;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &found);
    now->tv_sec = found.tv_sec;
    now->tv_usec = found.tv_nsec / 1000;
    return 0;
}
