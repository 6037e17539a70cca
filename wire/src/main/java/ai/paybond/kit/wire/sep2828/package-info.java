/**
 * Decision and outcome records of MCP servers after SEP-2828. Start at {@link ai.paybond.kit.wire.sep2828.Sep2828Pair} for the
 * two together, at {@link ai.paybond.kit.wire.sep2828.Sep2828Record} for one.
 */
@NullMarked
package ai.paybond.kit.wire.sep2828;

import org.jspecify.annotations.NullMarked;
