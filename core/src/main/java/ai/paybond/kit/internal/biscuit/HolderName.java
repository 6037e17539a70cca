package ai.paybond.kit.internal.biscuit;

import static ai.paybond.kit.internal.biscuit.RejectedTokenException.malformed;
import static ai.paybond.kit.internal.biscuit.RejectedTokenException.unsupported;

import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import biscuit.format.schema.Schema;
import java.util.ArrayList;
import java.util.List;

/** How a token names a holder: {@code ed25519/} and 64 lower-case hexadecimal digits. */
public final class HolderName {

    private static final String PREFIX = "ed25519/";

    private HolderName() {}

    /** The name of a key. */
    public static String of(VerifyingKey key) {
        return PREFIX + key.hex();
    }

    static VerifyingKey key(String name) throws RejectedTokenException {
        if (!name.startsWith(PREFIX)) {
            throw malformed("a holder is named otherwise than by an Ed25519 key");
        }
        try {
            return VerifyingKey.ofHex(name.substring(PREFIX.length()));
        } catch (WireException e) {
            throw malformed("a holder's key is none");
        }
    }

    /**
     * The holders whom a block's checks require. A check about the holder has one shape only, so that whose signature a
     * token asks for can be read from it instead of being found out by trying.
     */
    static List<VerifyingKey> required(Schema.Block block, SymbolBook symbols) throws RejectedTokenException {
        List<VerifyingKey> holders = new ArrayList<>();
        for (Schema.CheckV2 check : block.getChecksV2List()) {
            for (Schema.RuleV2 query : check.getQueriesList()) {
                if (asksForHolder(query, symbols)) {
                    requireShape(check);
                    holders.add(key(symbols.text(query.getBody(0).getTerms(0).getString())));
                }
            }
        }
        return holders;
    }

    private static boolean asksForHolder(Schema.RuleV2 query, SymbolBook symbols) throws RejectedTokenException {
        for (Schema.PredicateV2 predicate : query.getBodyList()) {
            if (symbols.text(predicate.getName()).equals(AmbientFacts.HOLDER)) {
                return true;
            }
        }
        return false;
    }

    private static void requireShape(Schema.CheckV2 check) throws RejectedTokenException {
        Schema.RuleV2 query = check.getQueries(0);
        boolean plain = check.getQueriesCount() == 1
                && check.getKind() == Schema.CheckV2.Kind.One
                && query.getBodyCount() == 1
                && query.getExpressionsCount() == 0
                && query.getBody(0).getTermsCount() == 1
                && query.getBody(0).getTerms(0).hasString();
        if (!plain) {
            throw unsupported("a check about the holder does more than name a key");
        }
    }
}
