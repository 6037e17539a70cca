/**
 * The one user of the YAML library. {@link ai.paybond.kit.internal.yaml.YamlReader} reads the part of YAML 1.2 that means the
 * same as JSON, and remembers where each member stood; {@link ai.paybond.kit.internal.yaml.YamlWriter} prints it.
 */
@NullMarked
package ai.paybond.kit.internal.yaml;

import org.jspecify.annotations.NullMarked;
