/* Addresses of a network of one's own: a feed of the web may not lead there. */
#include "watch/parts.h"

#include <arpa/inet.h>
#include <string.h>

typedef struct {
    uint8_t bytes[4];
    unsigned bits;
} network;

/* RFC 6890: this host and network, private use, shared, loopback, link-local. */
static bool is_own_4(const uint8_t *ip)
{
    static const network own[] = {
        { { 0, 0, 0, 0 }, 8 },      { { 10, 0, 0, 0 }, 8 },     { { 100, 64, 0, 0 }, 10 },
        { { 127, 0, 0, 0 }, 8 },    { { 169, 254, 0, 0 }, 16 }, { { 172, 16, 0, 0 }, 12 },
        { { 192, 168, 0, 0 }, 16 },
    };
    uint32_t at = (uint32_t)ip[0] << 24 | (uint32_t)ip[1] << 16 | (uint32_t)ip[2] << 8 | ip[3];
    for (size_t i = 0; i < DGM_LEN(own); i++) {
        const uint8_t *b = own[i].bytes;
        uint32_t net = (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
        if ((at ^ net) >> (32 - own[i].bits) == 0)
            return true;
    }
    return false;
}

bool watch_is_own_network(const char *address)
{
    static const uint8_t none[16] = { 0 }, mapped[12] = { [10] = 0xff, [11] = 0xff };
    uint8_t ip[16];
    if (inet_pton(AF_INET, address, ip) == 1)
        return is_own_4(ip);
    if (inet_pton(AF_INET6, address, ip) != 1)
        return true; /* what is no address is nowhere that one should be led to */
    if (memcmp(ip, mapped, sizeof mapped) == 0)
        return is_own_4(ip + 12);
    bool host = memcmp(ip, none, 15) == 0 && ip[15] <= 1;               /* "::", "::1" */
    bool unique = (ip[0] & 0xfe) == 0xfc;                               /* fc00::/7 */
    return host || unique || (ip[0] == 0xfe && (ip[1] & 0xc0) == 0x80); /* fe80::/10 */
}
