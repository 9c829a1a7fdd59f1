/* answers.h - what a PostgreSQL server answers, awaited.
 * Without memory for an answer, libpq may take it for one that has not come whole, or forget that
 * it has come, and PQgetResult() and PQexec() would wait for ever for what nobody sends. Here libpq
 * is asked to look again now and then; and where there still is no memory, or it has noted an error
 * and nothing has come for seconds, the connection is given up, which ends the wait. */
#ifndef DGM_ANSWERS_H
#define DGM_ANSWERS_H

#include <libpq-fe.h>

/* As PQgetResult(): the caller clears it; NULL: there is none. */
PGresult *dgm_answer_next(PGconn *connection);
/* The last of all answers, or the first that asks for rows. */
PGresult *dgm_answer_last(PGconn *connection);

#endif
