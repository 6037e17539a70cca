package ai.paybond.kit.paegents;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.paegents.activation.ActivationFlow;
import ai.paybond.kit.paegents.client.PaegentsClient;
import ai.paybond.kit.paegents.escrow.EscrowSigner;
import ai.paybond.kit.paegents.usdc.PermitSigner;
import ai.paybond.kit.paegents.webhook.WebhookVerifier;
import ai.paybond.kit.paegents.x402.ExactPaymentSigner;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The README's table of methods, held to the code and to what the documents name. */
class ReadmeTest {
    private static final Pattern CODE = Pattern.compile("`([A-Za-z]+)\\.([a-zA-Z0-9]+)`");
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
}
