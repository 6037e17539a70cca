/** What the wire objects share and callers do not need: ECMAScript text rules, Base64, timestamps, binary frames. */
@NullMarked
package ai.paybond.kit.wire.internal;

import org.jspecify.annotations.NullMarked;
