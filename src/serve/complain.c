/* What goes wrong inside is told to whoever runs the server, by one thread at a time. */
#include "serve/server.h"

void dgm_server_complain(dgm_server *server, const dgm_err *err)
{
    pthread_mutex_lock(&server->telling);
    dgm_complain_of(server->options->complaints, err);
    pthread_mutex_unlock(&server->telling);
}
