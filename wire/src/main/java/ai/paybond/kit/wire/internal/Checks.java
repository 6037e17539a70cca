package ai.paybond.kit.wire.internal;

import ai.paybond.kit.wire.Check;
import ai.paybond.kit.wire.TrustedKeys;
import ai.paybond.kit.wire.Verdict;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Keeps the list of steps while a verification runs; the first refusal ends it. */
public final class Checks {
    private final List<Check> done = new ArrayList<>();

    private Checks() {}

    /** Runs a verification; a {@link WireException} from any step becomes {@link Verdict.Invalid}. */
    public static <T> Verdict<T> run(Function<Checks, Verdict<T>> verification) {
        Checks checks = new Checks();
        try {
            return verification.apply(checks);
        } catch (WireException e) {
            return new Verdict.Invalid<>(e.code(), checks.done);
        }
    }

    public <R> R step(String name, Supplier<R> step) {
        try {
            R result = step.get();
            done.add(new Check(name, true));
            return result;
        } catch (WireException e) {
            done.add(new Check(name, false));
            throw e;
        }
    }

    public void require(String name, boolean passed, String code) {
        done.add(new Check(name, passed));
        Rules.require(passed, code, "failed check: " + name);
    }

    /** The last step: is the signer one the verifier vouches for? */
    public <T> Verdict<T> admit(T value, VerifyingKey signer, TrustedKeys trusted, String code) {
        if (trusted.isUnpinned()) {
            return new Verdict.ValidUnpinned<>(value, signer.hex(), done);
        }
        require("trust", trusted.contains(signer), code);
        return new Verdict.Valid<>(value, signer.hex(), done);
    }

    /** The last step where trust was decided before: pinned or not. */
    public <T> Verdict<T> admitted(T value, String signer, boolean pinned) {
        return pinned ? new Verdict.Valid<>(value, signer, done) : new Verdict.ValidUnpinned<>(value, signer, done);
    }
}
