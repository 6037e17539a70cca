/**
 * JSON values, their strict parser and their canonical text. Open {@link ai.paybond.kit.wire.json.JsonValue} to read and
 * build, {@link ai.paybond.kit.wire.json.CanonicalJson} to hash. No type of a JSON library appears here.
 */
@NullMarked
package ai.paybond.kit.wire.json;

import org.jspecify.annotations.NullMarked;
