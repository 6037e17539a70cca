package ai.paybond.kit.wire.ed25519;

import ai.paybond.kit.wire.WireException;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A choice of Ed25519 engine. All engines give the same signatures and the same verdicts; they differ in speed. Keys
 * made without naming an engine use {@link #standard()}. Immutable and thread-safe. Source: RFC 8032, pure Ed25519,
 * held to its strict reading; Paybond Kit wire format, section 0.
 */
public final class Ed25519 {
    /** Overrides {@link #standard()}: an {@link EngineName} in lower case, or {@code auto}. Read once. */
    public static final String ENGINE_PROPERTY = "paybond.ed25519.engine";

    private static final System.Logger LOG = System.getLogger(Ed25519.class.getName());
    private static final String CORRETTO = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

    private final EngineName name;
    private final Engine engine;

    private Ed25519(EngineName name, Engine engine) {
        this.name = name;
        this.engine = engine;
    }

    /** The engines that can be asked for. */
    public enum EngineName {
        /** net.i2p.crypto:eddsa, the default. */
        EDDSA,
        /** Bouncy Castle's low-level API. */
        BOUNCY_CASTLE,
        /** Amazon Corretto Crypto Provider, native; only if its jar is on the class path. */
        CORRETTO,
        /** The Java platform's own; slow before release 25. */
        JDK;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The engine named by {@value #ENGINE_PROPERTY}, otherwise {@link EngineName#EDDSA}. The choice is made and logged
     * once.
     *
     * @throws WireException {@code engine.unavailable} if the property names no engine found here
     */
    public static Ed25519 standard() {
        return Standard.CHOICE.orElseThrow(
                () -> new WireException("engine.unavailable", ENGINE_PROPERTY + " names no Ed25519 engine found here"));
    }

    /**
     * The engine of this name.
     *
     * @throws WireException {@code engine.unavailable} if its library is not there or does not work
     */
    public static Ed25519 using(EngineName name) {
        return find(name)
                .orElseThrow(() -> new WireException("engine.unavailable", "no such Ed25519 engine: " + name.text()));
    }

    /** The fastest engine there is: Corretto if it is on the class path, otherwise Bouncy Castle. */
    public static Ed25519 auto() {
        return find(EngineName.CORRETTO).orElseGet(() -> using(EngineName.BOUNCY_CASTLE));
    }

    /**
     * The engine for verifying what strangers signed, such as the chain in a capability: the one named by
     * {@value #ENGINE_PROPERTY}, otherwise {@link #auto()}. Chosen once.
     *
     * @throws WireException as {@link #standard()}
     */
    public static Ed25519 forVerifying() {
        return Standard.IS_NAMED ? standard() : Fastest.CHOICE;
    }

    /** The engines that work here. */
    public static Set<EngineName> available() {
        Set<EngineName> names = EnumSet.noneOf(EngineName.class);
        for (EngineName name : EngineName.values()) {
            find(name).ifPresent(found -> names.add(name));
        }
        return names;
    }

    /**
     * Whether this is a signature of the message under a key that only the message's author vouches for, as in the chain of a
     * token. False for anything that is no key or no signature. Both must be canonically encoded, neither the key nor R may be
     * of small order, S must be below the group order, and the equation holds without the cofactor: what RFC 8032 calls for and
     * what ed25519-dalek calls strict.
     *
     * <p>A {@link VerifyingKey} has to be a point of the prime-order group besides. That is for keys that are kept; here it
     * would cost more than the signature and change no verdict about an honest one. Thread-safe.
     */
    public boolean verifies(byte[] key, byte[] message, byte[] signature) {
        try {
            StrictChecks.requirePlausibleKey(key);
        } catch (WireException e) {
            return false;
        }
        return StrictChecks.isPlausibleSignature(signature) && engine.verifies(key, message, signature);
    }

    /** Whether these bytes are the public key that the seed leads to; false for a seed of another length than 32 bytes. */
    public static boolean isKeyOf(byte[] seed, byte[] publicKey) {
        return seed.length == SigningKey.SEED_LENGTH
                && MessageDigest.isEqual(StrictChecks.publicKeyOf(seed), publicKey);
    }

    /** Which engine this is. */
    public EngineName name() {
        return name;
    }

    Engine engine() {
        return engine;
    }

    private static Optional<Ed25519> find(EngineName name) {
        return switch (name) {
            case EDDSA -> Optional.of(new Ed25519(name, new EddsaEngine()));
            case BOUNCY_CASTLE -> Optional.of(new Ed25519(name, new BouncyCastleEngine()));
            case CORRETTO -> corretto().map(provider -> new Ed25519(name, new ProviderEngine(provider)));
            case JDK ->
                Optional.ofNullable(Security.getProvider("SunEC"))
                        .map(provider -> new Ed25519(name, new ProviderEngine(provider)));
        };
    }

    private static Optional<Provider> corretto() {
        try {
            Provider provider =
                    (Provider) Class.forName(CORRETTO).getField("INSTANCE").get(null);
            return Optional.ofNullable(provider).filter(found -> found.getService("Signature", "Ed25519") != null);
        } catch (ReflectiveOperationException | LinkageError e) {
            return Optional.empty();
        }
    }

    /** Chosen when the first key is made. */
    private static final class Standard {
        static final boolean IS_NAMED = System.getProperty(ENGINE_PROPERTY) != null;
        static final Optional<Ed25519> CHOICE = choose(System.getProperty(ENGINE_PROPERTY, EngineName.EDDSA.text()));

        private static Optional<Ed25519> choose(String wanted) {
            Optional<Ed25519> choice = named(wanted);
            choice.ifPresent(found -> LOG.log(System.Logger.Level.INFO, "Ed25519 engine: {0}", found.name.text()));
            return choice;
        }
    }

    /** Chosen when the first token is verified. */
    private static final class Fastest {
        static final Ed25519 CHOICE = auto();
    }

    /** As {@value #ENGINE_PROPERTY} names engines; empty for an unknown name and for a library that is not there. */
    static Optional<Ed25519> named(String wanted) {
        if (wanted.equals("auto")) {
            return Optional.of(auto());
        }
        return Arrays.stream(EngineName.values())
                .filter(name -> name.text().equals(wanted))
                .findFirst()
                .flatMap(Ed25519::find);
    }
}
