/* Fails writes, syncs, truncations and renames of files below a folder.
 *
 * Loaded before the C library (LD_PRELOAD). FAULTY_DISK_FOLDER names the folder,
 * FAULTY_DISK_CONTROL a file of six 32-bit numbers, shared with the test:
 * [0] operations to let pass, [1] operations to fail after that, [2] errno,
 * [3] kinds that count (1 write, 2 sync, 4 rename, 8 truncate), [4] failed so far.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <unistd.h>

enum { WRITE = 1, SYNC = 2, RENAME = 4, TRUNCATE = 8 };

static volatile int32_t *control;
static const char *folder;

__attribute__((constructor)) static void prepare(void) {
  const char *path = getenv("FAULTY_DISK_CONTROL");
  folder = getenv("FAULTY_DISK_FOLDER");
  int fd = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
  if (fd < 0) return;
  void *shared = mmap(NULL, 24, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  close(fd);
  if (shared != MAP_FAILED) control = shared;
}

static int fails(int32_t kind) {
  if (!(control[3] & kind) || control[1] <= 0) return 0;
  if (control[0] > 0 && __sync_fetch_and_sub(&control[0], 1) > 0) return 0;
  if (__sync_fetch_and_sub(&control[1], 1) <= 0) return 0;
  __sync_fetch_and_add(&control[4], 1);
  return 1;
}

static int path_fails(const char *path, int32_t kind) {
  if (!control || !folder || strncmp(path, folder, strlen(folder)) != 0) return 0;
  return fails(kind);
}

static int fd_fails(int fd, int32_t kind) {
  if (!control || !folder || !(control[3] & kind) || control[1] <= 0) return 0;
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return path_fails(path, kind);
}

#define REAL(name) ((__typeof__(name) *)dlsym(RTLD_NEXT, #name))
#define FAIL()                                                                                     \
  do {                                                                                             \
    errno = control[2];                                                                            \
    return -1;                                                                                     \
  } while (0)

/* A write that fails may have written a part: half of it is there. */
ssize_t write(int fd, const void *data, size_t size) {
  if (!fd_fails(fd, WRITE)) return REAL(write)(fd, data, size);
  if (REAL(write)(fd, data, size / 2) < 0) return -1;
  FAIL();
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
  if (!fd_fails(fd, WRITE)) return REAL(pwrite)(fd, data, size, at);
  if (REAL(pwrite)(fd, data, size / 2, at) < 0) return -1;
  FAIL();
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
  if (!fd_fails(fd, WRITE)) return REAL(pwrite64)(fd, data, size, at);
  if (REAL(pwrite64)(fd, data, size / 2, at) < 0) return -1;
  FAIL();
}

int fsync(int fd) {
  if (fd_fails(fd, SYNC)) FAIL();
  return REAL(fsync)(fd);
}

int fdatasync(int fd) {
  if (fd_fails(fd, SYNC)) FAIL();
  return REAL(fdatasync)(fd);
}

int ftruncate(int fd, off_t size) {
  if (fd_fails(fd, TRUNCATE)) FAIL();
  return REAL(ftruncate)(fd, size);
}

int ftruncate64(int fd, off64_t size) {
  if (fd_fails(fd, TRUNCATE)) FAIL();
  return REAL(ftruncate64)(fd, size);
}

int rename(const char *from, const char *to) {
  if (path_fails(to, RENAME)) FAIL();
  return REAL(rename)(from, to);
}
