/* message.h - a story as the bytes of a message, and back. Inside stream; knows of no broker.
 *
 * JSON, packed with zstd where that is shorter: text, date and, where they are known, id, title,
 * source, url and date_basis; begin, begin_byte and begin_column say where the text begins in its
 * input. Others may put stories on a stream by the same format. A story that is larger than a
 * message is cut into parts, and its own message is a list of them. */
#ifndef DGM_MESSAGE_H
#define DGM_MESSAGE_H

#include "store/store.h"

enum { STREAM_LARGEST = 32 << 20, STREAM_MOST_PARTS = 4096 };

/* Makes what is not UTF-8 in *doc so, so that the story that comes out has the hash of the one that
 * went in. False: no memory. */
bool stream_clean(dgm_document *doc);
/* DGM_EFORMAT: the story has what a message cannot hold. */
dgm_status stream_encode(const dgm_document *doc, dgm_buffer *out, dgm_err *err) DGM_MUST_USE;

/* What a message is: a story, or the list of one's parts. */
typedef struct {
    dgm_story_hash hash; /* of a list only */
    uint32_t n_parts;    /* 0: the message is the story */
    uint64_t n_bytes;    /* of all parts */
} stream_list;
void stream_encode_list(const stream_list *list, dgm_buffer *out);
/* DGM_END: it is no list. */
dgm_status stream_decode_list(dgm_view bytes, stream_list *out, dgm_err *err) DGM_MUST_USE;
/* Initialises *doc in arena. */
dgm_status stream_decode(dgm_view bytes, dgm_arena *arena, dgm_document *doc,
                         dgm_err *err) DGM_MUST_USE;

#endif
