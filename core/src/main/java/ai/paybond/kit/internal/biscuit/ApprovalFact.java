package ai.paybond.kit.internal.biscuit;

import static ai.paybond.kit.internal.biscuit.RejectedTokenException.malformed;

import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import biscuit.format.schema.Schema;
import java.util.List;
import org.biscuitsec.biscuit.token.builder.Fact;
import org.biscuitsec.biscuit.token.builder.Term;

/** The one fact that an approver may state: {@code approved(operation, arguments digest, cents, expiry, request)}. */
final class ApprovalFact {

    private static final String NAME = "approved";
    private static final int TERMS = 5;
    private static final long END_OF_YEAR_9999 = 253_402_300_799L;

    private ApprovalFact() {}

    static Fact write(String operation, String argumentsDigest, long maxSpendCents, long expiresAt, String requestId) {
        return new Fact(
                NAME,
                List.of(
                        new Term.Str(operation),
                        new Term.Str(argumentsDigest),
                        new Term.Integer(maxSpendCents),
                        new Term.Date(expiresAt),
                        new Term.Str(requestId)));
    }

    static Approval read(Schema.PredicateV2 fact, SymbolBook symbols, VerifyingKey approver)
            throws RejectedTokenException {
        if (!symbols.text(fact.getName()).equals(NAME) || !hasTypes(fact.getTermsList())) {
            throw malformed("a third party's fact is no approval");
        }
        String digest = symbols.text(fact.getTerms(1).getString());
        long cents = fact.getTerms(2).getInteger();
        long expiry = fact.getTerms(3).getDate();
        if (!Hex.isDigest(digest) || cents < 0 || expiry < 0 || expiry > END_OF_YEAR_9999) {
            throw malformed("an approval's digest, amount or expiry is none");
        }
        return new Approval(
                approver,
                symbols.text(fact.getTerms(0).getString()),
                digest,
                cents,
                expiry,
                symbols.text(fact.getTerms(4).getString()));
    }

    private static boolean hasTypes(List<Schema.TermV2> terms) {
        return terms.size() == TERMS
                && terms.get(0).hasString()
                && terms.get(1).hasString()
                && terms.get(2).hasInteger()
                && terms.get(3).hasDate()
                && terms.get(4).hasString();
    }
}
