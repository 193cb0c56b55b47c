/* threads PROGRAM [ARGUMENT]...: becomes a program while threads are made without a pause, and tells of each that could not be made. */
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int vpython_become(const char *program, char *const *arguments, char *const *environment);
extern char **environ;

static void *do_nothing(void *argument)
{
    return argument;
}

static void *make_threads(void *argument)
{
    for (;;) {
        pthread_t thread;
        int failure = pthread_create(&thread, 0, do_nothing, 0);
        if (failure != 0) {
            dprintf(1, "no thread: %s\n", strerror(failure));
            return argument;
        }
        pthread_join(thread, 0);
    }
}

int main(int argc, char **argv)
{
    pthread_t thread;
    for (int number = 0; number < 4; number++)
        pthread_create(&thread, 0, make_threads, 0);
    /* A program that is not there: threads are made as before. */
    char *nothing[] = {"/nonexistent", 0};
    int failure = vpython_become(nothing[0], nothing, environ);
    dprintf(1, "%s\n", strerror(failure));
    usleep(1000);
    return argc > 1 ? vpython_become(argv[1], argv + 1, environ) : 0;
}
