package ai.paybond.kit.springai.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.util.ClassUtils;

/** What the kit and its libraries look up by name, for a native image. Spring AI itself sees to the annotated tools. */
final class PaybondRuntimeHints implements RuntimeHintsRegistrar {

    /** The tokens' protocol buffers read their messages' fields by reflection. */
    private static final String TOKEN_SCHEMA = "biscuit.format.schema.Schema";

    private static final String[] LOOKED_UP = {
        "org.sqlite.JDBC",
        "org.flywaydb.core.Flyway",
        "org.flywaydb.database.postgresql.PostgreSQLDatabaseType",
        "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider"
    };

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
        hints.resources()
                .registerPattern("ai/paybond/kit/wire/completion/presets.json")
                .registerPattern("ai/paybond/kit/internal/jdbc/*.sql")
                .registerPattern("paybond.policy.yaml");
        for (String type : LOOKED_UP) {
            hints.reflection()
                    .registerTypeIfPresent(
                            loader,
                            type,
                            hint -> hint.withMembers(
                                    MemberCategory.INVOKE_DECLARED_CONSTRUCTORS,
                                    MemberCategory.ACCESS_DECLARED_FIELDS));
        }
        if (ClassUtils.isPresent(TOKEN_SCHEMA, loader)) {
            registerMessages(hints, ClassUtils.resolveClassName(TOKEN_SCHEMA, loader));
        }
    }

    private static void registerMessages(RuntimeHints hints, Class<?> type) {
        hints.reflection()
                .registerType(
                        TypeReference.of(type),
                        MemberCategory.INVOKE_DECLARED_METHODS,
                        MemberCategory.ACCESS_DECLARED_FIELDS);
        for (Class<?> nested : type.getDeclaredClasses()) {
            registerMessages(hints, nested);
        }
    }
}
