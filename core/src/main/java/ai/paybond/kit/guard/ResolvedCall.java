package ai.paybond.kit.guard;

import ai.paybond.kit.journal.CallFacts;
import ai.paybond.kit.journal.CallKey;

/** A call that names a declared tool, with unambiguous arguments, an id and a price. */
record ResolvedCall(ToolCall call, ToolDeclaration tool, CallKey key, CallFacts facts) {}
