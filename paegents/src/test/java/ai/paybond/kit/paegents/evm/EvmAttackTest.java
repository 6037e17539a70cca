package ai.paybond.kit.paegents.evm;

import static ai.paybond.kit.paegents.Refusals.BUYER;
import static ai.paybond.kit.paegents.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvmAttackTest {
    private static final String WORD = "00".repeat(31);

    private static byte[] encode(String type, Object value) {
        JsonObject message = JsonObject.builder().put("x", value).build();
        TypedDataDomain domain = TypedDataDomain.of("Test", "1", 1, EvmAddress.ZERO);
        return new TypedData(domain, StructTypes.of("T", type + " x"), "T", message).encodeData();
    }

    @ParameterizedTest
    @CsvSource({
        "uint8, 256, evm.value_range",
        "uint8, -1, evm.value_range",
        "int8, 128, evm.value_range",
        "int8, -129, evm.value_range",
        "uint256, 01, evm.value",
        "uint256, 0x1, evm.value",
        "uint256, -0, evm.value",
        "bool, true, evm.value",
        "bytes4, 0xdeadbe, evm.length",
        "bytes, deadbeef, evm.hex",
        "address, 0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed, evm.address_checksum",
        "address, 0x00, evm.address",
        "uint8[], 1, evm.value"
    })
    void refusesAValueThatIsNotOfItsType(String type, String value, String code) {
        assertRefused(code, () -> encode(type, value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"uint", "uint7", "uint264", "int0", "bytes33", "byte[]]", "uint8[0]", "Unknown", "a-b"})
    void refusesATypeThatDoesNotExist(String type) {
        assertRefused("evm.type", () -> encode(type, "1"));
    }

    @Test
    void refusesAnArrayOfTheWrongLength() {
        assertRefused("evm.value", () -> encode("uint8[2]", List.of("1")));
    }

    @Test
    void refusesTextThatUtf8CannotCarry() {
        assertRefused("evm.text", () -> encode("string", "\uD800"));
    }

    @Test
    void refusesMembersThatAreMissingOrNotCovered() {
        TypedDataDomain domain = TypedDataDomain.of("Test", "1", 1, EvmAddress.ZERO);
        StructTypes types = StructTypes.of("T", "uint8 x");
        JsonObject none = JsonObject.parse("{}");
        JsonObject more = JsonObject.parse("{\"x\":1,\"y\":2}");

        assertRefused("evm.member_missing", () -> new TypedData(domain, types, "T", none).digest());
        assertRefused("evm.member_unknown", () -> new TypedData(domain, types, "T", more).digest());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0x", "00", "0x0000", "zz"})
    void refusesWhatIsNoPrivateKey(String key) {
        assertRefused("evm.private_key", () -> EvmPrivateKey.parse(key));
    }

    @Test
    void refusesZeroAndTheOrderAsPrivateKeys() {
        String order = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";

        assertRefused("evm.private_key", () -> EvmPrivateKey.parse("00".repeat(32)));
        assertRefused("evm.private_key", () -> EvmPrivateKey.parse(order));
    }

    @Test
    void neverPrintsThePrivateKey() {
        assertThat(BUYER.toString())
                .doesNotContain("1111")
                .contains(BUYER.address().checksummed());
    }

    @ParameterizedTest
    @CsvSource({"uint256, ''", "uint8, 0100", "bool, 02", "string, 20", "uint256[], 20", "uint256[999999], 01"})
    void refusesReturnDataThatEndsEarly(String type, String lastBytes) {
        assertRefused("evm.return_data", () -> Abi.decode(type, HexData.decode("0x" + lastBytes)));
    }

    @Test
    void refusesReturnDataThatIsNotWhatEncodingGives() {
        assertRefused("evm.return_data", () -> Abi.decode("bool", HexData.decode("0x" + WORD + "02")));
        assertRefused("evm.return_data", () -> Abi.decode("bool", HexData.decode("0x" + WORD + "01" + "00")));
        assertRefused("evm.return_data", () -> Abi.decode("string", HexData.decode("0x" + WORD + "40" + WORD + "00")));
        assertRefused("evm.value_range", () -> Abi.decode("uint8", HexData.decode("0x" + "00".repeat(30) + "0100")));
    }

    @Test
    void aHugeArrayIsRefusedBeforeItIsRead() {
        String claim = "0x" + WORD + "20" + "00".repeat(28) + "7fffffff";

        assertRefused("evm.return_data", () -> Abi.decode("uint256[]", HexData.decode(claim)));
    }

    @Test
    void nestedArraysComeBackAsTheyWent() {
        JsonArray values = JsonArray.of(List.of(List.of(List.of("1", "2"), List.of()), List.of("a", "bc"), "-5"));
        byte[] call = Abi.encodeCall("f(uint8[][],string[2],int16)", values.items());
        byte[] returned = Arrays.copyOfRange(call, 4, call.length);

        assertThat(Abi.decode("uint8[][],string[2],int16", returned)).isEqualTo(values);
    }
}
