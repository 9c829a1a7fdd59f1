/* streams.h - what the commands for streams share. Inside cli. */
#ifndef DGM_CLI_STREAMS_H
#define DGM_CLI_STREAMS_H

#include "cli/cli.h"

/* clang-format off */
#define DGM_OPTIONS_BROKER \
    { 0, "nats", "URL,...", "the brokers: nats://host:4222, tls://user:password@host; default: $NATS_URL", NULL }, \
    { 0, "stream", "NAME", "the stream", "dragoman" }, \
    { 0, "creds", "FILE", "NATS credentials", NULL }, \
    { 0, "ca", "FILE", "certificates (PEM) that the brokers' are checked against", NULL }, \
    { 0, "cert", "FILE", "own certificate (PEM), with --key", NULL }, \
    { 0, "key", "FILE", "own private key (PEM)", NULL }
#define DGM_OPTION_ACK_WAIT \
    { 0, "ack-wait", "SECONDS", "of a new stream: a story that a worker took and said nothing of for so long goes to " \
      "another", "60" }
/* clang-format on */

#ifdef DGM_WITH_NATS
#include "cli/stop.h"
#include "stream/stream.h"

/* A connection as the options say, which ends its waits at SIGTERM or SIGINT; a second signal ends
 * the program. NULL after a message; then *code is the exit code. */
dgm_broker *dgm_cli_broker(const dgm_arguments *arguments, int *code);
#define DGM_RUN_WITH_STREAMS(run) run
#else
/* In a build without the library: says so. */
int dgm_cli_no_streams(const dgm_arguments *arguments);
#define DGM_RUN_WITH_STREAMS(run) dgm_cli_no_streams
#endif

#endif
