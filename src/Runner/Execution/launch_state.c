/*
 * What the caller gave this process, recorded before the .NET runtime starts and changes it: the runtime ignores SIGPIPE, may raise the limit
 * of open files, and turns arguments into UTF-16. Python must get the originals, so they are kept here and put back just before execve.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/syscall.h>
#endif

#ifndef NSIG
#define NSIG 65
#endif

#define LAST_ORDINARY_SIGNAL 31

static long long launch_time;
static int launch_argc;
static char **launch_argv;
static sigset_t launch_mask;
static unsigned char launch_ignored[NSIG];
static struct rlimit launch_open_files;
static int launch_open_files_known;

/* What the runtime had when the launch state was put back: it comes back itself when no other program could be started. */
static sigset_t runtime_mask;
static struct sigaction runtime_action[NSIG];
static unsigned char runtime_changed[NSIG];
static struct rlimit runtime_open_files;
static int runtime_open_files_known;

/*
 * The runtime learns of the end of a child by SIGCHLD and stops its threads for a collection by a signal of its own. A caller may have blocked or
 * ignored them; until Python starts they have to come through. Nothing else is let in: a signal that the caller holds back stays pending.
 */
static void vpython_receive_needed_signals(void)
{
    sigset_t needed;
    sigemptyset(&needed);
    sigaddset(&needed, SIGCHLD);
#ifdef SIGRTMIN
    sigaddset(&needed, SIGRTMIN);
#endif
    if (launch_ignored[SIGCHLD])
        signal(SIGCHLD, SIG_DFL);
    sigprocmask(SIG_UNBLOCK, &needed, 0);
}

/* glibc and macOS hand argc and argv to constructors; musl does not, and there launch_argv stays null. */
__attribute__((constructor)) static void vpython_record_launch_state(int argc, char **argv)
{
#if defined(__GLIBC__) || defined(__APPLE__)
    launch_argc = argc;
    launch_argv = argv;
#else
    (void)argc;
    (void)argv;
#endif
#if defined(__linux__)
    /* The clock that Stopwatch reads, in its unit. */
    struct timespec now;
    if (clock_gettime(CLOCK_MONOTONIC, &now) == 0)
        launch_time = now.tv_sec * 1000000000LL + now.tv_nsec;
#endif
    sigprocmask(SIG_SETMASK, 0, &launch_mask);
    for (int number = 1; number < NSIG; number++) {
        struct sigaction action;
        if (sigaction(number, 0, &action) == 0)
            launch_ignored[number] = action.sa_handler == SIG_IGN;
    }
    launch_open_files_known = getrlimit(RLIMIT_NOFILE, &launch_open_files) == 0;
    vpython_receive_needed_signals();
}

/* 0 where the clock of the runtime is another one. */
long long vpython_launch_time(void)
{
    return launch_time;
}

/* In the process that works behind: nothing of the caller's stays open, then it waits, lowers itself, and becomes the program. */
__attribute__((noreturn)) static void vpython_work_behind(int gone, const char *program, char *const *arguments, char *const *environment)
{
    char none;
    sigset_t nothing;
    if (gone != 3) {
        dup2(gone, 3);
        close(gone);
    }
    fcntl(3, F_SETFD, FD_CLOEXEC);
    int null = open("/dev/null", O_RDWR);
    for (int standard = 0; standard < 3; standard++)
        dup2(null, standard);
    long limit = sysconf(_SC_OPEN_MAX);
    if (limit < 0 || limit > 65536)
        limit = 65536;
#ifdef SYS_close_range
    if (syscall(SYS_close_range, 4u, ~0u, 0u) == 0)
        limit = 0;
#endif
    for (int descriptor = 4; descriptor < limit; descriptor++)
        close(descriptor);
    for (int number = 1; number < NSIG; number++)
        signal(number, SIG_DFL);
    sigemptyset(&nothing);
    sigprocmask(SIG_SETMASK, &nothing, 0);
    while (read(3, &none, 1) < 0 && errno == EINTR)
        ;
    if (chdir("/") != 0 || nice(19) < 0)
        errno = 0; /* Then it works where and as it is. */
#ifdef SYS_ioprio_set
    syscall(SYS_ioprio_set, 1, 0, 3 << 13); /* This process, idle: only when the disk has nothing else to do. */
#endif
    execve(program, arguments, environment);
    _exit(127);
}

int vpython_launch_argc(void)
{
    return launch_argc;
}

char **vpython_launch_argv(void)
{
    return launch_argv;
}

/* Handlers need no care: execve sets every caught signal back to its default. Only what is ignored, and the mask, goes through. */
static void vpython_restore_launch_state(void)
{
    for (int number = 1; number < NSIG; number++) {
        struct sigaction *action = &runtime_action[number];
        runtime_changed[number] = 0;
        /* No runtime ignores a real-time signal by itself. */
        if (number > LAST_ORDINARY_SIGNAL && !launch_ignored[number])
            continue;
        if (number == SIGKILL || number == SIGSTOP || sigaction(number, 0, action) != 0)
            continue;
        if (launch_ignored[number] == (action->sa_handler == SIG_IGN))
            continue;
        runtime_changed[number] = 1;
        signal(number, launch_ignored[number] ? SIG_IGN : SIG_DFL);
    }
    runtime_open_files_known = getrlimit(RLIMIT_NOFILE, &runtime_open_files) == 0;
    if (launch_open_files_known)
        setrlimit(RLIMIT_NOFILE, &launch_open_files);
    sigprocmask(SIG_SETMASK, &launch_mask, &runtime_mask);
}

/*
 * Starts a program that goes to work when this process has become another one or has ended, and that is nobody's child: a script must not find a
 * child that it did not start, nor wait for the end of an output that somebody else holds. 0 when it is on its way, else the system's error.
 */
int vpython_start_behind(const char *program, char *const *arguments, char *const *environment)
{
    int gone[2];
    sigset_t all, before;
    if (pipe(gone) != 0)
        return errno;
    /* This end stays open until execve closes it; that it is closed is what the program waits for. */
    fcntl(gone[1], F_SETFD, FD_CLOEXEC);
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before);
    pid_t middle = fork();
    if (middle == 0) {
        setsid();
        pid_t last = fork();
        if (last != 0)
            _exit(last < 0);
        vpython_work_behind(gone[0], program, arguments, environment);
    }
    int failure = middle < 0 ? errno : 0;
    sigprocmask(SIG_SETMASK, &before, 0);
    close(gone[0]);
    if (failure != 0) {
        close(gone[1]);
        return failure;
    }
    int status = 0;
    while (waitpid(middle, &status, 0) < 0 && errno == EINTR)
        ;
    return status == 0 ? 0 : EAGAIN;
}

static void vpython_resume_runtime_state(void)
{
    sigprocmask(SIG_SETMASK, &runtime_mask, 0);
    if (runtime_open_files_known)
        setrlimit(RLIMIT_NOFILE, &runtime_open_files);
    for (int number = 1; number < NSIG; number++) {
        if (runtime_changed[number])
            sigaction(number, &runtime_action[number], 0);
    }
}

/*
 * Linux makes no thread for a process that is in the middle of execve, and the runtime, whose pool starts threads when it likes, takes that for the
 * end and aborts. So who wants a thread then waits: for ever, or until execve has failed. Linked with --wrap=pthread_create.
 */
static pthread_mutex_t threads = PTHREAD_MUTEX_INITIALIZER;

#if defined(__linux__)
int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*work)(void *), void *argument);

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*work)(void *), void *argument)
{
    pthread_mutex_lock(&threads);
    int failure = __real_pthread_create(thread, attributes, work, argument);
    pthread_mutex_unlock(&threads);
    return failure;
}
#endif

/* Becomes another program with what the caller gave this process. Returns only where that fails: the system's error, and all is as it was. */
int vpython_become(const char *program, char *const *arguments, char *const *environment)
{
    pthread_mutex_lock(&threads);
    vpython_restore_launch_state();
    execve(program, arguments, environment);
    int failure = errno;
    vpython_resume_runtime_state();
    pthread_mutex_unlock(&threads);
    return failure;
}
