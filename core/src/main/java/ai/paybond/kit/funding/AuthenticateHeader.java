package ai.paybond.kit.funding;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads {@code www-authenticate} as RFC 9110 defines it, in which one line may hold several challenges and one challenge may
 * not hold a parameter twice.
 */
final class AuthenticateHeader {
    private static final int MAX_PARAMETERS = 32;

    private final String line;
    private int at;

    private AuthenticateHeader(String line) {
        this.line = line;
    }

    /** One challenge. Names are in lower case; a challenge that is one text without a name has no parameters. */
    record Challenge(String scheme, Map<String, String> parameters, String raw) {}

    static List<Challenge> parse(String line) {
        return new AuthenticateHeader(line).challenges();
    }

    private List<Challenge> challenges() {
        List<Challenge> challenges = new ArrayList<>();
        skipCommas();
        while (at < line.length()) {
            challenges.add(challenge());
            skipCommas();
        }
        return challenges;
    }

    private Challenge challenge() {
        int start = at;
        String scheme = token();
        int end = at;
        Map<String, String> parameters = new LinkedHashMap<>();
        if (peek() == ' ') {
            skipSpaces();
            if (!startsParameter()) {
                skipToken68();
                end = at;
            }
            boolean more = startsParameter();
            while (more) {
                addParameter(parameters);
                end = at;
                skipSpaces();
                boolean separated = peek() == ',';
                skipCommas();
                more = separated && startsParameter();
            }
        }
        at = end;
        requireSeparator();
        return new Challenge(scheme, parameters, line.substring(start, end));
    }

    private void requireSeparator() {
        skipSpaces();
        if (at < line.length() && peek() != ',') {
            throw malformed();
        }
    }

    private void addParameter(Map<String, String> parameters) {
        String name = token().toLowerCase(Locale.ROOT);
        skipSpaces();
        at++; // the equals sign that startsParameter saw
        skipSpaces();
        String value = peek() == '"' ? quoted() : token();
        if (parameters.put(name, value) != null || parameters.size() > MAX_PARAMETERS) {
            throw malformed();
        }
    }

    /** Whether a name, an equals sign and a value come next; {@code abc==} is one text. */
    private boolean startsParameter() {
        int begin = at;
        try {
            while (isTokenChar(peek())) {
                at++;
            }
            boolean named = at > begin;
            skipSpaces();
            if (!named || peek() != '=') {
                return false;
            }
            at++;
            skipSpaces();
            return peek() == '"' || isTokenChar(peek());
        } finally {
            at = begin;
        }
    }

    private String token() {
        int begin = at;
        while (isTokenChar(peek())) {
            at++;
        }
        if (at == begin) {
            throw malformed();
        }
        return line.substring(begin, at);
    }

    private void skipToken68() {
        while (isTokenChar(peek()) || peek() == '/' || peek() == '=') {
            at++;
        }
    }

    private String quoted() {
        StringBuilder text = new StringBuilder();
        at++;
        while (peek() != '"') {
            if (peek() == '\\') {
                at++;
            }
            if (at >= line.length()) {
                throw malformed();
            }
            text.append(line.charAt(at++));
        }
        at++;
        return text.toString();
    }

    private void skipSpaces() {
        while (peek() == ' ' || peek() == '\t') {
            at++;
        }
    }

    private void skipCommas() {
        while (peek() == ' ' || peek() == '\t' || peek() == ',') {
            at++;
        }
    }

    /** The next character; a NUL, which no header holds, at the end. */
    private char peek() {
        return at < line.length() ? line.charAt(at) : 0;
    }

    private static boolean isTokenChar(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || (c != 0 && "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
    }

    private static FundingException malformed() {
        return new FundingException("funding.challenge_invalid", "the www-authenticate header is malformed");
    }
}
