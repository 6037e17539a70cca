/**
 * The policy file, {@code paybond.policy.yaml}: which tools an agent has, what each may spend, and what proves that it ran.
 * Start at {@link ai.paybond.kit.policy.Policy#parse(java.nio.file.Path)}; {@link ai.paybond.kit.policy.Policy#registry} turns
 * a policy into the registry of a guard, {@link ai.paybond.kit.policy.ToolBindings} says what only Java code knows.
 *
 * <p>Almost everything here is a pure function of a document: {@link ai.paybond.kit.policy.Guardrail} tightens one,
 * {@link ai.paybond.kit.policy.PolicyChange} tells where one is looser than another. {@link ai.paybond.kit.policy.LivePolicy}
 * follows a file that changes.
 */
@NullMarked
package ai.paybond.kit.policy;

import org.jspecify.annotations.NullMarked;
