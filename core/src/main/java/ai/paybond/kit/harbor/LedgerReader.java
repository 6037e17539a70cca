package ai.paybond.kit.harbor;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.internal.platform.Channel;
import ai.paybond.kit.internal.platform.PageStream;
import ai.paybond.kit.internal.platform.Reply;
import ai.paybond.kit.internal.platform.Route;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The read routes of the tenant's ledger. */
final class LedgerReader {
    static final int LARGEST_PAGE = 256;

    private final Channel channel;

    LedgerReader(Channel channel) {
        this.channel = channel;
    }

    LedgerTip tip() {
        Reply reply = channel.to(Route.LEDGER_TIP).reply();
        return new LedgerTip(
                reply.integer("seq"),
                reply.digest("entry_commitment_hex"),
                reply.optionalBool("empty").orElse(false),
                reply.json());
    }

    LedgerPage events(long afterSequence, int limit) {
        if (afterSequence < 0 || limit < 1 || limit > LARGEST_PAGE) {
            throw new ConfigurationException(
                    "ledger.page_invalid", "a ledger page starts after 0 or more and has 1 to 256 rows");
        }
        Reply reply = channel.to(Route.LEDGER_EVENTS)
                .query("after_seq", afterSequence)
                .query("limit", limit)
                .reply();
        List<LedgerEntry> entries = reply.objects("entries").stream()
                .map(reply::inner)
                .map(LedgerReader::entry)
                .toList();
        return new LedgerPage(entries, reply.optionalInteger("next_after_seq").orElse(null));
    }

    Stream<LedgerEntry> all(long afterSequence) {
        if (afterSequence < 0) {
            throw new ConfigurationException("ledger.page_invalid", "a ledger is read from 0 or later on");
        }
        return PageStream.of(cursor -> {
            LedgerPage page = events(cursor.map(Long::parseLong).orElse(afterSequence), LARGEST_PAGE);
            return new PageStream.Page<>(
                    page.entries(),
                    Optional.ofNullable(page.nextAfterSequence()).map(String::valueOf));
        });
    }

    VerifyingKey authority() {
        Reply reply = channel.to(Route.LEDGER_AUTHORITY).reply();
        try {
            return VerifyingKey.ofHex(reply.string("verifying_key_hex"));
        } catch (WireException e) {
            throw reply.wrongType("verifying_key_hex", "an Ed25519 key");
        }
    }

    private static LedgerEntry entry(Reply row) {
        return new LedgerEntry(
                row.integer("seq"),
                row.digest("prev_commitment_hex"),
                row.digest("entry_commitment_hex"),
                row.object("event"),
                row.json());
    }
}
