#include "library/reader.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A story in another language is told of, and is no fault. */
static void tell_left_out(void *context, const dgm_document *doc, const char *language)
{
    library_reader *reader = context;
    dgm_err err;
    if (!language)
        return;
    dgm_left_out_err(doc, language, &err);
    library_complain(&reader->listener, &err);
}

static void tell_progress(void *context, uint64_t done, uint64_t total)
{
    const library_reader *reader = context;
    reader->input->progress(reader->input->context, done, total);
}

static dgm_status check_input(const dragoman_input *input, dgm_err *err)
{
    if ((input->path != NULL) == (input->bytes != NULL))
        return dgm_fail(err, DGM_EUSAGE, NULL, 0, "of path and bytes one is to be set");
    if (input->date && !dgm_is_day(dgm_view_of(input->date)))
        return dgm_fail(err, DGM_EUSAGE, NULL, 0,
                        "the date is not a day of the form YYYY-MM-DD: %s", input->date);
    if (input->path && strcmp(input->path, "-") != 0 && access(input->path, R_OK) != 0)
        return dgm_fail(err, DGM_EIO, input->path, 0, "%s", strerror(errno));
    return DGM_OK;
}

/* Of one file or folder, or of memory. */
static dgm_status open_inputs(library_reader *reader, dgm_err *err)
{
    const dragoman_input *input = reader->input;
    if (input->path) {
        reader->paths[0] = strdup(input->path);
        if (reader->paths[0])
            reader->inputs = dgm_inputs_new(reader->paths, 1, true, &reader->options);
    } else {
        reader->inputs = dgm_inputs_of_memory(
            input->bytes, input->n, input->name ? input->name : "input", &reader->options);
    }
    return reader->inputs ? DGM_OK : dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the reader");
}

dgm_status library_reader_open(library_reader *reader, const dragoman_input *input,
                               const dgm_options *options, dgm_making_kind product, dgm_err *err)
{
    *reader = (library_reader) { .input = input, .listener = { input->complain, input->context } };
    reader->complaints = (dgm_complaints) { .fn = library_complain, .context = &reader->listener };
    reader->left_out = (dgm_left_out) { .tell = tell_left_out, .context = reader };
    dgm_status status = check_input(input, err);
    if (status == DGM_OK)
        status = dgm_reading_of(options, &reader->complaints, &reader->options, err);
    if (status != DGM_OK)
        return status;
    if (!reader->options.default_date)
        reader->options.default_date = input->date;
    reader->options.date_optional = !dgm_making_needs_date(product);
    reader->options.tell_language = product == DGM_MAKES_STORIES;
    reader->options.left_out = &reader->left_out;
    status = open_inputs(reader, err);
    if (status == DGM_OK && input->progress) {
        reader->bar = (dgm_progress) { .tell = tell_progress, .context = reader };
        reader->bar.total = input->path ? dgm_inputs_total(reader->paths, 1, true) : input->n;
    }
    return status;
}

void library_reader_done(library_reader *reader)
{
    dgm_inputs_free(reader->inputs);
    free(reader->paths[0]);
    reader->inputs = NULL;
    reader->paths[0] = NULL;
}

uint32_t library_jobs(const dragoman_input *input)
{
    enum { MOST = 256 };
    return DGM_MAX(1u, DGM_MIN(input->jobs, MOST));
}
