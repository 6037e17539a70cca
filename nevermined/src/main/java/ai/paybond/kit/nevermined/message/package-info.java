/**
 * Payment messages inside other protocols: MCP, A2A, AgentCore and MPP. Each class builds and reads the shapes of one; start at
 * {@link ai.paybond.kit.nevermined.message.McpPayments}. Nothing here calls anybody.
 */
@NullMarked
package ai.paybond.kit.nevermined.message;

import org.jspecify.annotations.NullMarked;
