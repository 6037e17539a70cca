package ai.paybond.kit.sandbox.internal.capability;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import biscuit.format.schema.Schema;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.biscuitsec.biscuit.datalog.SymbolTable;
import org.jspecify.annotations.Nullable;

/**
 * Whose signature a call needs: the issuer's holder, and whoever a later block names by a check about
 * {@code request_holder}. A holder leaves only by signing, as a third party, the block that names its successor.
 */
final class HolderTerms {
    private static final String FACT = "request_holder";
    private static final String PREFIX = "ed25519/";

    private final Set<VerifyingKey> mustSign = new LinkedHashSet<>();
    private final Set<VerifyingKey> named = new LinkedHashSet<>();

    private HolderTerms() {}

    /** @throws CapabilityRefusedException when a block says more of its holder than who it is */
    static HolderTerms read(byte[] token, @Nullable String issuersHolder) throws CapabilityRefusedException {
        HolderTerms terms = new HolderTerms();
        if (issuersHolder != null) {
            terms.add(key(issuersHolder));
        }
        try {
            terms.read(Schema.Biscuit.parseFrom(token));
        } catch (InvalidProtocolBufferException e) {
            throw TokenPreflight.malformed();
        }
        return terms;
    }

    /** Empty when whoever has the token may use it; two when nobody can. */
    Set<VerifyingKey> mustSign() {
        return mustSign;
    }

    /** How the token calls everyone who stands behind a call that the present holder signed. */
    List<String> names() {
        return named.stream().map(holder -> PREFIX + holder.hex()).toList();
    }

    private void read(Schema.Biscuit token) throws CapabilityRefusedException, InvalidProtocolBufferException {
        SymbolTable shared = new SymbolTable();
        shared.symbols.addAll(
                Schema.Block.parseFrom(token.getAuthority().getBlock()).getSymbolsList());
        ByteString signatures = token.getAuthority().getSignature();
        for (Schema.SignedBlock signed : token.getBlocksList()) {
            Schema.Block block = Schema.Block.parseFrom(signed.getBlock());
            boolean foreign = signed.hasExternalSignature();
            SymbolTable symbols = foreign ? new SymbolTable() : shared;
            symbols.symbols.addAll(block.getSymbolsList());
            List<VerifyingKey> holders = required(block, symbols);
            if (foreign) {
                handOver(signed.getExternalSignature(), block, holders, signatures);
            }
            for (VerifyingKey holder : holders) {
                add(holder);
            }
            signatures = signatures.concat(signed.getSignature());
        }
    }

    private void add(VerifyingKey holder) {
        mustSign.add(holder);
        named.add(holder);
    }

    /** A third party's block is refused, unless the holder lets go in it, for this place in this token. */
    private void handOver(
            Schema.ExternalSignature external, Schema.Block block, List<VerifyingKey> holders, ByteString before)
            throws CapabilityRefusedException {
        VerifyingKey signer = key(external.getPublicKey().getKey());
        if (holders.size() != 1 || !mustSign.remove(signer)) {
            throw new CapabilityRefusedException(
                    "capability.unsupported", "A block is signed by a third party that is not the holder.");
        }
        if (!block.getContext()
                .equals("after " + Digest32.sha256(before.toByteArray()).hex())) {
            throw new CapabilityRefusedException(
                    "capability.block_misplaced", "A holder's block was made for another token.");
        }
    }

    private static List<VerifyingKey> required(Schema.Block block, SymbolTable symbols)
            throws CapabilityRefusedException {
        List<VerifyingKey> holders = new ArrayList<>();
        for (Schema.CheckV2 check : block.getChecksV2List()) {
            if (isAboutHolder(check, symbols)) {
                holders.add(theHolder(check, symbols));
            }
        }
        return holders;
    }

    private static boolean isAboutHolder(Schema.CheckV2 check, SymbolTable symbols) {
        return check.getQueriesList().stream()
                .flatMap(query -> query.getBodyList().stream())
                .anyMatch(predicate -> FACT.equals(text(predicate.getName(), symbols)));
    }

    private static VerifyingKey theHolder(Schema.CheckV2 check, SymbolTable symbols) throws CapabilityRefusedException {
        Schema.RuleV2 query = check.getQueries(0);
        boolean plain = check.getKind() == Schema.CheckV2.Kind.One
                && check.getQueriesCount() == 1
                && query.getBodyCount() == 1
                && query.getExpressionsCount() == 0
                && query.getBody(0).getTermsCount() == 1
                && query.getBody(0).getTerms(0).hasString();
        if (!plain) {
            throw new CapabilityRefusedException(
                    "capability.unsupported", "A check about the holder does more than name a key.");
        }
        return key(text(query.getBody(0).getTerms(0).getString(), symbols));
    }

    private static @Nullable String text(long symbol, SymbolTable symbols) {
        int index = (int) symbol;
        return index == symbol ? symbols.get_s(index).getOrNull() : null;
    }

    private static VerifyingKey key(@Nullable String name) throws CapabilityRefusedException {
        if (name == null || !name.startsWith(PREFIX)) {
            throw TokenPreflight.malformed();
        }
        try {
            return VerifyingKey.ofHex(name.substring(PREFIX.length()));
        } catch (WireException e) {
            throw TokenPreflight.malformed();
        }
    }

    private static VerifyingKey key(ByteString bytes) throws CapabilityRefusedException {
        try {
            return VerifyingKey.of(bytes.toByteArray());
        } catch (WireException e) {
            throw TokenPreflight.malformed();
        }
    }
}
