package ai.paybond.kit.cli;

import ai.paybond.kit.policy.Guardrail;
import ai.paybond.kit.policy.Policy;
import ai.paybond.kit.policy.PolicyException;
import ai.paybond.kit.policy.PolicyParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How a command reads policies. */
final class PolicyReading {

    @Option(
            names = "--strict",
            description =
                    "Also refuse purchases that intent.allowed_tools leaves out. Default if PAYBOND_POLICY_STRICT is 1.")
    private boolean strict = "1".equals(System.getenv("PAYBOND_POLICY_STRICT"));

    @Option(
            names = "--bases",
            paramLabel = "DIRECTORY",
            description = "Where base policies are; the overlay's own directory by default.")
    private @Nullable Path bases;

    @Option(
            names = "--template",
            paramLabel = "ID",
            description =
                    "A policy template that exists; may be repeated. With it, a policy_binding of another is refused.")
    private @Nullable List<String> templates;

    @Option(
            names = "--guardrail",
            paramLabel = "GUARDRAIL",
            converter = GuardrailName.class,
            description = "Put over the policy, such as strict or max-spend-usd:25; may be repeated.")
    private @Nullable List<Guardrail> guardrails;

    Policy read(Path file) throws IOException {
        return read(file, parser());
    }

    /** A policy that is open by default can be compared, though not used. */
    Policy readToCompare(Path file) throws IOException {
        return read(file, parser().acceptingOpenDefault());
    }

    private Policy read(Path file, PolicyParser parser) throws IOException {
        Policy policy = file.toString().equals("-") ? parser.parse(InputFile.text(file)) : parser.parse(file);
        return under(policy, guardrails);
    }

    private PolicyParser parser() {
        PolicyParser parser = PolicyParser.standard();
        if (strict) {
            parser = parser.strict();
        }
        if (bases != null) {
            parser = parser.basesUnder(bases);
        }
        return templates == null ? parser : parser.knowingTemplates(templates);
    }

    static Policy under(Policy policy, @Nullable List<Guardrail> guardrails) {
        return guardrails == null ? policy : policy.with(guardrails.toArray(Guardrail[]::new));
    }

    /** Wrong usage is told from a policy that a guardrail does not fit. */
    static final class GuardrailName implements ITypeConverter<Guardrail> {
        @Override
        public Guardrail convert(String text) {
            try {
                return Guardrail.parse(text);
            } catch (PolicyException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
