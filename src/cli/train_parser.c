/* dragoman train parser: learns tags, lemmas, names and trees, and puts the network into a model
 * file. The work is done by a program of its own, dragoman-train, which has the trainer and the
 * library of matrices that it needs; it is this file with DGM_TRAINER. */
#include "cli/cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#ifdef DGM_TRAINER

#include "syntax/train/train.h"

/* Options that are lists of files. */
enum { DEV, TEACHERS, MORE, RAW, N_LISTS };
static const char *const list_names[N_LISTS] = { "dev", "teachers", "more", "raw" };

/* Cuts `list` at its commas, in place; false: too many. */
static bool split_files(char *list, const char **files, size_t most, size_t *n)
{
    for (char *part = strtok(list, ","); part; part = strtok(NULL, ",")) {
        if (*n == most)
            return false;
        files[(*n)++] = part;
    }
    return true;
}

static dgm_status read_numbers(const dgm_arguments *arguments, dgm_train_options *out, dgm_err *err)
{
    uint32_t rate = 0;
    const struct {
        const char *name;
        uint64_t least, most;
        uint32_t *to;
    } numbers[] = {
        { "epochs", 1, 1000, &out->epochs },        { "threads", 1, 64, &out->n_threads },
        { "batch", 50, 100000, &out->batch_words }, { "hidden", 0, 256, &out->hidden },
        { "layers", 0, 3, &out->n_layers },         { "rate", 0, 100000, &rate },
    };
    for (size_t i = 0; i < DGM_LEN(numbers); i++) {
        uint64_t value;
        if (!dgm_option_number(arguments, numbers[i].name, numbers[i].least, numbers[i].most,
                               &value, err))
            return DGM_EUSAGE;
        *numbers[i].to = (uint32_t)value;
    }
    out->rate = (float)rate * 1e-6f;
    return dgm_option_number(arguments, "seed", 0, UINT32_MAX, &out->seed, err) ? DGM_OK
                                                                                : DGM_EUSAGE;
}

static dgm_status read_options(const dgm_arguments *arguments, char *const *lists,
                               dgm_train_options *out, dgm_err *err)
{
    *out = (dgm_train_options) { .model = dgm_option_value(arguments, "model"),
                                 .vectors = dgm_option_value(arguments, "vectors"),
                                 .start = dgm_option_value(arguments, "start"),
                                 .state = dgm_option_value(arguments, "state"),
                                 .resume = dgm_option_given(arguments, "resume"),
                                 .tiny = dgm_option_given(arguments, "tiny"),
                                 .log = stderr };
    if (arguments->n_operands > DGM_MAX_TREEBANKS ||
        !split_files(lists[DEV], out->dev, DGM_MAX_TREEBANKS, &out->n_dev) ||
        !split_files(lists[MORE], out->more, DGM_MAX_TREEBANKS, &out->n_more) ||
        !split_files(lists[RAW], out->raw, DGM_MAX_TREEBANKS, &out->n_raw))
        return dgm_fail(err, DGM_EUSAGE, NULL, 0, "more than %d treebanks", DGM_MAX_TREEBANKS);
    if (!split_files(lists[TEACHERS], out->teachers, DGM_MAX_TEACHERS, &out->n_teachers))
        return dgm_fail(err, DGM_EUSAGE, NULL, 0, "more than %d teachers", DGM_MAX_TEACHERS);
    for (size_t i = 0; i < arguments->n_operands; i++)
        out->train[out->n_train++] = arguments->operands[i];
    if (out->n_dev > out->n_train)
        return dgm_fail(err, DGM_EUSAGE, NULL, 0, "--dev names more treebanks than there are");
    if (out->n_raw && !out->n_teachers)
        return dgm_fail(err, DGM_EUSAGE, NULL, 0, "--raw needs --teachers");
    if (out->resume && !out->state)
        return dgm_fail(err, DGM_EUSAGE, NULL, 0, "--resume needs --state");
    if (out->resume && out->start)
        return dgm_fail(err, DGM_EUSAGE, NULL, 0, "--resume and --start exclude each other");
    return read_numbers(arguments, out, err);
}

static int train_parser(const dgm_arguments *arguments)
{
    dgm_train_options options;
    dgm_err err = { 0 };
    char *list[N_LISTS];
    bool good = true;
    for (size_t i = 0; i < N_LISTS; i++) {
        const char *value = dgm_option_value(arguments, list_names[i]);
        list[i] = strdup(value ? value : "");
        good = good && list[i];
    }
    dgm_status status = good ? read_options(arguments, list, &options, &err)
                             : dgm_fail(&err, DGM_ENOMEM, NULL, 0, "no memory");
    int code = DGM_EXIT_OK;
    if (status != DGM_OK) {
        code = dgm_cli_usage(arguments, &err);
    } else if (dgm_train_parser(&options, &err) != DGM_OK) {
        dgm_cli_say(&err);
        code = DGM_EXIT_USAGE;
    }
    for (size_t i = 0; i < N_LISTS; i++)
        free(list[i]);
    return code;
}

#else

#include <unistd.h>

/* "--name=value" in memory of its own. */
static char *option_text(const dgm_option *option, const char *value)
{
    size_t n = strlen(option->name) + strlen(value) + 4;
    char *text = malloc(n);
    if (text)
        snprintf(text, n, option->argument ? "--%s=%s" : "--%s", option->name, value);
    return text;
}

/* The command line again, for the other program; the texts in it end with this one. */
static char **rebuild(const dgm_arguments *arguments, char *program)
{
    size_t n = 0;
    char **argv = calloc(arguments->command->n_options + arguments->n_operands + 3, sizeof(*argv));
    if (!argv)
        return NULL;
    argv[n++] = program;
    for (size_t i = 0; i < arguments->command->n_options; i++)
        if (arguments->options.given[i])
            argv[n++] = option_text(&arguments->command->options[i], arguments->options.values[i]);
    argv[n++] = (char *)"--";
    for (size_t i = 0; i < arguments->n_operands; i++)
        argv[n++] = arguments->operands[i];
    return argv;
}

static int train_parser(const dgm_arguments *arguments)
{
    char program[4096];
    dgm_err err = { 0 };
    ssize_t n = readlink("/proc/self/exe", program, sizeof(program) - sizeof("-train"));
    if (n > 0) {
        memcpy(program + n, "-train", sizeof("-train"));
        char **argv = rebuild(arguments, program);
        if (argv)
            execv(program, argv);
        free(argv);
    }
    dgm_fail(&err, DGM_EIO, NULL, 0, "dragoman-train does not run: %s; is the trainer built?",
             strerror(errno));
    dgm_cli_say(&err);
    return DGM_EXIT_USAGE;
}

#endif

static const dgm_option options[] = {
    { 0, "dev", "FILE,...",
      "measure on these after each epoch, each of the kind of the FILE in the "
      "same place; the model is written when they rise",
      NULL },
    { 0, "model", "FILE", "put the section \"parser\" into this model file", "english.dgm" },
    { 0, "vectors", "FILE",
      "vectors of words, as tools/make-vectors writes them, which the model keeps", NULL },
    { 0, "more", "FILE,...",
      "learn these too, which are annotated as the first treebank is; one named twice counts twice",
      NULL },
    { 0, "teachers", "FILE,...",
      "learn from these states of earlier runs too: runs over the first of the treebanks", NULL },
    { 0, "raw", "FILE,...",
      "learn what the teachers say of these sentences too, not what the files say", NULL },
    { 0, "state", "FILE", "keep the state of the run here after each epoch", NULL },
    { 0, "resume", NULL, "go on from the state", NULL },
    { 0, "start", "MODEL",
      "begin with the weights of that model file, as rounded as they are there", NULL },
    { 0, "rate", "N", "highest rate of learning, in millionths; 0: as usual", "0" },
    { 0, "epochs", "N", "how often to go through the treebanks", "24" },
    { 0, "seed", "N", "what chance begins with; the same gives the same model", "1" },
    { 0, "threads", "N", "threads to use; the model is the same", "2" },
    { 0, "batch", "N", "words a step", "1200" },
    { 0, "hidden", "N", "width of one direction of a layer; 0: as usual", "0" },
    { 0, "layers", "N", "layers; 0: as usual", "0" },
    { 0, "tiny", NULL, "a network for tests, which packs into a hundred kilobytes", NULL },
};

const dgm_command dgm_command_train_parser = {
    .name = "train parser",
    .operands = "FILE...",
    .summary = "Learn tags, lemmas, names and trees from CoNLL-U, into a model file",
    .more =
        "Each FILE is a treebank with its own guidelines, which the network learns to tell apart;\n"
        "sentences are parsed by those of the first. Entities are learned from GUM's `Entity` in\n"
        "MISC. Other sections of the model file are kept.",
    .options = options,
    .n_options = DGM_LEN(options),
    .min_operands = 1,
    .max_operands = SIZE_MAX,
    .run = train_parser,
};

#ifdef DGM_TRAINER
int main(int argc, char **argv)
{
    dgm_arguments arguments;
    dgm_err err = { 0 };
    if (dgm_options_parse(&dgm_command_train_parser, argc - 1, argv + 1, &arguments, &err) !=
        DGM_OK)
        return dgm_cli_usage(&arguments, &err);
    if (arguments.help) {
        dgm_help_command(&dgm_command_train_parser, stdout);
        return DGM_EXIT_OK;
    }
    return train_parser(&arguments);
}
#endif
