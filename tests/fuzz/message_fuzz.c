/* Any bytes as a message of a stream; a story that comes out goes in and out again as it is. */
#include "stream/message.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    dgm_arena *arena = dgm_arena_new(), *other = dgm_arena_new();
    dgm_view message = { (const char *)bytes, n };
    dgm_buffer again = { 0 };
    dgm_document doc, back;
    stream_list list;
    dgm_err err = { 0 };
    if (!arena || !other)
        abort();
    (void)!stream_decode_list(message, &list, &err);
    if (stream_decode(message, arena, &doc, &err) == DGM_OK) {
        if (!stream_clean(&doc) || stream_encode(&doc, &again, &err) != DGM_OK ||
            stream_decode((dgm_view) { again.p, again.n }, other, &back, &err) != DGM_OK ||
            !dgm_view_eq(dgm_view_of(dgm_story_hash_of(&doc).text),
                         dgm_view_of(dgm_story_hash_of(&back).text)))
            abort();
    }
    dgm_buffer_done(&again);
    dgm_arena_free(arena);
    dgm_arena_free(other);
    return 0;
}
