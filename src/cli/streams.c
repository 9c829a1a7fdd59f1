#include "cli/streams.h"

#ifdef DGM_WITH_NATS

#include <stdlib.h>
#include <string.h>

static void say(void *context, const char *text)
{
    dgm_err err = { 0 };
    (void)context;
    (void)dgm_fail(&err, DGM_EIO, NULL, 0, "%s", text);
    dgm_cli_say(&err);
}

/* What NATS says of a file that it cannot read is about the connection. */
static bool can_be_read(const char *path, dgm_err *err)
{
    FILE *f = path ? dgm_file_open(path, err) : NULL;
    if (f)
        fclose(f);
    return !path || f;
}

dgm_broker *dgm_cli_broker(const dgm_arguments *arguments, int *code)
{
    dgm_err err = { 0 };
    dgm_broker *broker = NULL;
    const char *url = dgm_option_value(arguments, "nats");
    if (!url || !url[0])
        url = getenv("NATS_URL");
    const dgm_broker_options options = { .url = url,
                                         .stream = dgm_option_value(arguments, "stream"),
                                         .credentials = dgm_option_value(arguments, "creds"),
                                         .ca = dgm_option_value(arguments, "ca"),
                                         .certificate = dgm_option_value(arguments, "cert"),
                                         .key = dgm_option_value(arguments, "key"),
                                         .say = say,
                                         .stop = dgm_cli_stop_on_signals() };
    if (!url || !url[0] || !options.certificate != !options.key) {
        (void)dgm_fail(&err, DGM_EUSAGE, NULL, 0, "%s",
                       !url || !url[0] ? "--nats, or NATS_URL in the environment, says where the "
                                         "brokers are"
                                       : "--cert and --key go together");
        *code = dgm_cli_usage(arguments, &err);
        return NULL;
    }
    if (!can_be_read(options.credentials, &err) || !can_be_read(options.ca, &err) ||
        !can_be_read(options.certificate, &err) || !can_be_read(options.key, &err)) {
        dgm_cli_say(&err);
        *code = DGM_EXIT_REFUSED;
        return NULL;
    }
    if (dgm_broker_open(&options, &broker, &err) == DGM_OK)
        return broker;
    dgm_cli_say(&err);
    *code = err.status == DGM_EUSAGE ? DGM_EXIT_USAGE : DGM_EXIT_REFUSED;
    return NULL;
}

#else

int dgm_cli_no_streams(const dgm_arguments *arguments)
{
    dgm_err err = { 0 };
    (void)dgm_fail(&err, DGM_EUSAGE, NULL, 0,
                   "`%s` is not in this build: it was made without libnats (NATS), which Debian "
                   "calls libnats-dev, or without a store",
                   arguments->command->name);
    dgm_cli_say(&err);
    return DGM_EXIT_USAGE;
}

#endif
