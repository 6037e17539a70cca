package ai.paybond.kit.internal.yaml;

import ai.paybond.kit.wire.json.JsonObject;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.schema.JsonSchema;

/** Prints an object as YAML in block style, so that {@link YamlReader} reads the same object. */
public final class YamlWriter {
    private YamlWriter() {}

    /** The document, ending with a line break. Numbers are printed as Java prints them. */
    public static String write(JsonObject object) {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setSchema(new JsonSchema())
                .build();
        return new Dump(settings).dumpToString(object.toJava());
    }
}
