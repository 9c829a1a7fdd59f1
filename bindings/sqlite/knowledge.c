/* Knowledge takes long to open and much memory, so a process has it once. It is the only state that
 * is not a connection's: a connection cannot hand it to the next, and the next may be in another
 * thread. */
#include "extension.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

SQLITE_EXTENSION_INIT3

struct knowledge {
    dragoman_coder *coder;
    unsigned n_users;
    knowledge *next;
    char tables[]; /* empty: the default */
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static knowledge *all; /* under the lock */

static knowledge *find(const char *tables)
{
    knowledge *k = all;
    while (k && strcmp(k->tables, tables) != 0)
        k = k->next;
    return k;
}

/* What nobody uses makes room for the new one. */
static void close_idle(void)
{
    for (knowledge **at = &all; *at;) {
        knowledge *k = *at;
        if (k->n_users > 0) {
            at = &k->next;
            continue;
        }
        *at = k->next;
        dragoman_close(k->coder);
        free(k);
    }
}

static knowledge *open_new(const char *tables, char *message)
{
    size_t n = strlen(tables) + 1;
    knowledge *k = calloc(1, sizeof(*k) + n);
    if (!k) {
        sqlite3_snprintf(DRAGOMAN_MESSAGE, message, "no memory for the tables");
        return NULL;
    }
    memcpy(k->tables, tables, n);
    if (dragoman_open(tables[0] ? tables : NULL, NULL, &k->coder, message) == DRAGOMAN_FAILED) {
        free(k);
        return NULL;
    }
    close_idle();
    k->next = all;
    all = k;
    return k;
}

knowledge *knowledge_take(const char *tables, char message[DRAGOMAN_MESSAGE])
{
    pthread_mutex_lock(&lock);
    knowledge *k = find(tables ? tables : "");
    if (!k)
        k = open_new(tables ? tables : "", message);
    if (k)
        k->n_users++;
    pthread_mutex_unlock(&lock);
    return k;
}

void knowledge_leave(knowledge *k)
{
    if (!k)
        return;
    pthread_mutex_lock(&lock);
    k->n_users--;
    pthread_mutex_unlock(&lock);
}

dragoman_coder *knowledge_coder(knowledge *k)
{
    return k->coder;
}
