package ai.paybond.kit.paegents;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.InMemoryCallJournal;
import ai.paybond.kit.paegents.activation.ActivationFlow;
import ai.paybond.kit.paegents.activation.ActivationJournal;
import ai.paybond.kit.paegents.activation.ActivationOrder;
import ai.paybond.kit.paegents.activation.ActivationOutcome;
import ai.paybond.kit.paegents.client.Agreement;
import ai.paybond.kit.paegents.client.AgreementRequest;
import ai.paybond.kit.paegents.client.PaegentsClient;
import ai.paybond.kit.paegents.client.PaegentsOptions;
import ai.paybond.kit.paegents.escrow.ActivationTerms;
import ai.paybond.kit.paegents.escrow.EscrowProfile;
import ai.paybond.kit.paegents.escrow.EscrowSigner;
import ai.paybond.kit.paegents.evm.EvmAddress;
import ai.paybond.kit.paegents.evm.EvmPrivateKey;
import ai.paybond.kit.paegents.rail.PaegentsRail;
import ai.paybond.kit.paegents.rail.UnitRule;
import ai.paybond.kit.paegents.usdc.PermitSigner;
import ai.paybond.kit.paegents.webhook.WebhookVerifier;
import ai.paybond.kit.paegents.x402.ExactPaymentSigner;
import java.io.IOException;
import java.lang.reflect.Method;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The README's snippet, compiled and run, and its table of methods, held to the code and to what the documents name. */
class ReadmeTest {
    private static final Pattern CODE = Pattern.compile("`([A-Za-z]+)\\.([a-zA-Z0-9]+)`");
    private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final List<String> PACKAGES = Stream.of(
                    PaegentsClient.class,
                    ActivationFlow.class,
                    EscrowSigner.class,
                    PermitSigner.class,
                    ExactPaymentSigner.class,
                    WebhookVerifier.class)
            .map(Class::getPackageName)
            .toList();

    private static List<String> rows() throws IOException {
        Path readme = Path.of(System.getProperty("paybond.root"), "paegents", "README.md");
        return Files.readAllLines(readme).stream()
                .dropWhile(line -> !line.equals("| SDK | Route | Java |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .toList();
    }

    @Test
    void namesMethodsThatExist() throws IOException {
        for (String row : rows()) {
            String java = row.split("\\|")[3];
            List<MatchResult> methods = CODE.matcher(java).results().toList();
            assertThat(methods).as(row).isNotEmpty();
            methods.forEach(
                    method -> assertThat(methodsOf(method.group(1))).as(row).contains(method.group(2)));
        }
    }

    private static Set<String> methodsOf(String type) {
        for (String name : PACKAGES) {
            try {
                return Arrays.stream(Class.forName(name + "." + type).getMethods())
                        .map(Method::getName)
                        .collect(Collectors.toSet());
            } catch (ClassNotFoundException e) {
                continue;
            }
        }
        throw new AssertionError("no such type: " + type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /usage-agreements",
                "GET /usage-agreements/{agreement_id}",
                "GET /usage-agreements/agents/{agent_id}/agreements",
                "PUT /usage-agreements/{agreement_id}/accept",
                "PUT /usage-agreements/{agreement_id}/reject",
                "POST /usage-agreements/{agreement_id}/record-usage",
                "GET /usage-agreements/{agreement_id}/activation-package",
                "POST /usage-agreements/{agreement_id}/activate-escrow",
                "GET /usage-agreements/{agreement_id}/escrow-status",
                "GET /usage-agreements/{agreement_id}/settlement-action-options",
                "GET /usage-agreements/{agreement_id}/initiate-close-calldata",
                "GET /usage-agreements/{agreement_id}/claim-instructions",
                "POST /usage-agreements/{agreement_id}/sponsored-actions/initiate-close",
                "POST /usage-agreements/{agreement_id}/sponsored-actions/seller-claim",
                "POST /usage-agreements/{agreement_id}/sponsored-actions/buyer-withdraw",
                "GET /agents/{agent_id}/policies",
                "PUT /agents/{agent_id}/policies",
                "GET /agents/{agent_id}/approvals",
                "POST /agents/{agent_id}/approvals/{request_id}/approve",
                "POST /agents/{agent_id}/approvals/{request_id}/reject",
                "POST /agents/{agent_id}/webhooks",
                "GET /agents/{agent_id}/webhooks",
                "GET /agents/{agent_id}/webhooks/deliveries",
                "POST /agents/{agent_id}/webhooks/deliveries/{delivery_id}/replay",
                "GET /receipts/verify/{receipt_id}",
                "GET /receipts",
                "POST /agents/services",
                "POST /catalog/search",
                "POST /metered-proxy/{agreement_id}/...",
                "GET /payment-requirements"
            })
    void hasEveryRouteOfTheDocuments(String route) throws IOException {
        assertThat(rows()).anyMatch(row -> row.contains("`" + route + "`"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create_ap2_intent_mandate",
                "create_ap2_cart_mandate",
                "ap2_pay",
                "build_card_payment_method",
                "create_usage_agreement",
                "get_activation_package",
                "sign_buyer_activation_intent",
                "build_prior_allowance_funding_authorization",
                "sign_infra_fee_permit",
                "activate_escrow",
                "get_usage_agreement",
                "create_metered_client",
                "get_usage_status",
                "update_agent_policies",
                "list_approvals",
                "approve_approval",
                "create_webhook",
                "verify_webhook_signature",
                "build_direct_stablecoin_agreement"
            })
    void hasEveryMethodOfTheDocuments(String method) throws IOException {
        assertThat(rows()).anyMatch(row -> row.contains("`" + method + "`"));
    }

    @Test
    void snippetOfTheReadmeIsInThisTest() throws IOException {
        Path root = Path.of(System.getProperty("paybond.root"), "paegents");
        String test =
                withoutSpace(Files.readString(root.resolve("src/test/java/ai/paybond/kit/paegents/ReadmeTest.java")));
        List<String> snippets = SNIPPET.matcher(Files.readString(root.resolve("README.md")))
                .results()
                .map(found -> withoutSpace(found.group(1)))
                .toList();

        assertThat(snippets).singleElement().satisfies(snippet -> assertThat(test)
                .contains(snippet));
    }

    private static String withoutSpace(String text) {
        return text.replaceAll("\\s+", "");
    }

    /** In the system's own time, because the snippet has no other. */
    @Test
    void snippetRuns(@TempDir Path directory) throws Exception {
        EvmPrivateKey wallet = PaegentsWorld.BUYER_KEY;
        CallJournal journal = new InMemoryCallJournal();
        ToolRegistry tools = ToolRegistry.of(
                ToolDeclaration.builder("translate").withoutEvidence().build());
        EvmAddress feeCollector = PaegentsWorld.GAS_WALLET;
        BigInteger maxFee = BigInteger.valueOf(5_000_000);
        try (PaegentsWorld world = new PaegentsWorld(Clock.systemUTC())) {
            world.sandbox.chain().delays(Duration.ZERO, Duration.ZERO);
            AgreementRequest request = world.request(world.service("Text"), 10).build();
            ActivationTerms terms = world.terms(10);
            EscrowProfile profile = world.profile;
            Function<EvmAddress, BigInteger> permitNonces = owner -> world.permitNonce();
            Map<String, String> environment = Map.of(
                    "PAEGENTS_API_URL", world.sandbox.baseUrl().toString(),
                    "PAEGENTS_AGENT_ID", world.sandbox.buyer().id(),
                    "PAEGENTS_API_KEY", world.sandbox.buyer().apiKey());

            PaegentsOptions options =
                    PaegentsOptions.fromEnvironment(environment).build(); // System.getenv(), say
            try (PaegentsClient paegents = PaegentsClient.open(options)) {
                Agreement agreement = paegents.agreements().create(request).orThrow();
                ActivationOutcome outcome = ActivationFlow.builder(paegents, wallet, profile, permitNonces)
                        .journal(ActivationJournal.directory(directory)) // survives a crash
                        .build()
                        .run(ActivationOrder.of(
                                agreement.id(), terms, feeCollector, maxFee)); // run again after a crash
                if (outcome instanceof ActivationOutcome.Active) {
                    PaegentsRail rail = PaegentsRail.builder(paegents, agreement.id())
                            .journal(journal)
                            .units("translate", UnitRule.fixed(1))
                            .build();
                    try (ToolGuard guard = rail.guard(tools).build()) { // for LangChain4j, Spring AI or plain Java
                        guard.call("translate", "call-1", "{\"text\":\"hello\"}", call -> "bonjour")
                                .orThrow();
                    }
                }
            }

            Agreement bought = world.buyer.agreements().list(null, null, 10).get(0);
            assertThat(bought.unitsUsed()).contains(1L);
        }
        assertThat(journal.inState(CallState.DELIVERED, 10)).hasSize(1);
    }
}
