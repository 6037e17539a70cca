package ai.paybond.kit.journal;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an audit of a record found.
 *
 * @param entries how many entries were looked at
 * @param code null when the record is whole, otherwise the first thing that is wrong: {@code record.missing} (a number is
 *     left out), {@code record.reordered} (a number comes twice or too late), {@code record.broken} (an entry does not
 *     follow the one before it), {@code record.altered} (hash or signature is not that of the content),
 *     {@code record.truncated} (the expected last hash never came), {@code record.call_differs} or
 *     {@code record.call_missing} (the journal knows another outcome than the record, or none),
 *     {@code record.call_unrecorded} (the journal has a call that the record has not)
 * @param at the number of the entry where it is wrong, null when it is no single entry
 * @param lastHash the last entry's hash in hex, 64 zeros for an empty record; kept elsewhere, it proves later that nothing
 *     was cut off
 */
public record RecordVerification(
        long entries, @Nullable String code, @Nullable Long at, String lastHash) {
    public RecordVerification {
        Objects.requireNonNull(lastHash, "lastHash");
    }

    /** Whether everything is as it was recorded. */
    public boolean isWhole() {
        return code == null;
    }
}
