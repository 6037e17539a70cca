package ai.paybond.kit.paegents.webhook;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A header {@code t=<seconds>, v1=<hex>}, possibly with several signatures and members of other schemes. */
record SignatureHeader(String timestamp, List<String> signatures) {
    private static final int MAX_LENGTH = 4096;
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}");

    static Optional<SignatureHeader> parse(String header) {
        if (header.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        List<String> timestamps = new ArrayList<>();
        List<String> signatures = new ArrayList<>();
        for (String part : header.split(",", -1)) {
            String member = part.strip();
            if (member.startsWith("t=")) {
                timestamps.add(member.substring(2));
            } else if (member.startsWith("v1=") && member.length() > 3) {
                signatures.add(member.substring(3));
            }
        }
        boolean whole =
                timestamps.size() == 1 && SECONDS.matcher(timestamps.get(0)).matches() && !signatures.isEmpty();
        return whole ? Optional.of(new SignatureHeader(timestamps.get(0), signatures)) : Optional.empty();
    }

    long seconds() {
        return Long.parseLong(timestamp);
    }
}
