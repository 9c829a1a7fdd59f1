/* Answers of a PostgreSQL server, for which libpq does not wait for ever. */
#include "store/answers.h"

#include "base/base.h"

#include <poll.h>
#include <sys/socket.h>

static bool has_memory(void)
{
    static const char some[4096] = { 0 };
    dgm_buffer room = { 0 };
    dgm_buffer_put(&room, (dgm_view) { some, sizeof some });
    bool has = !room.failed;
    dgm_buffer_done(&room);
    return has;
}

PGresult *dgm_answer_next(PGconn *connection)
{
    enum { AGAIN_MS = 200, MOST_SILENT = 25 };
    for (int n_silent = 0; PQisBusy(connection);) {
        struct pollfd answer = { .fd = PQsocket(connection), .events = POLLIN };
        bool silent = poll(&answer, 1, AGAIN_MS) == 0;
        n_silent = silent ? n_silent + 1 : 0;
        bool erred = n_silent >= MOST_SILENT && PQerrorMessage(connection)[0];
        if (erred || (silent && !has_memory()))
            (void)shutdown(answer.fd, SHUT_RDWR);
        if (!PQconsumeInput(connection))
            break;
    }
    return PQgetResult(connection);
}

PGresult *dgm_answer_last(PGconn *connection)
{
    PGresult *last = NULL;
    for (PGresult *result; (result = dgm_answer_next(connection)) != NULL; last = result) {
        PQclear(last);
        if (PQresultStatus(result) == PGRES_COPY_IN)
            return result;
    }
    return last;
}
