// Verifies license tokens and license files: Java 17, nothing but its standard library.
import static java.nio.charset.StandardCharsets.UTF_8;
import java.security.*;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.*;
import java.util.regex.*;
class Verify {
  static final Pattern FIELD = Pattern.compile("\"(\\w+)\":\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|(-?\\d+|true))");
  static final Pattern ESCAPE = Pattern.compile("\\\\(?:u(....)|(.))");

  /** The plain fields of a JSON object of the License Center; a field that is null is absent. */
  static Map<String, String> read(String json) {
    var fields = new HashMap<String, String>();
    FIELD.matcher(json).results().forEach(m -> fields.put(m.group(1), m.group(2) == null ? m.group(3) : plain(m.group(2))));
    return fields;
  }
  static String plain(String text) {
    return ESCAPE.matcher(text).replaceAll(m -> Matcher.quoteReplacement(m.group(1) != null
        ? String.valueOf((char) Integer.parseInt(m.group(1), 16))
        : "bfnrt".contains(m.group(2)) ? "\b\f\n\r\t".substring("bfnrt".indexOf(m.group(2))).substring(0, 1) : m.group(2)));
  }
  static byte[] decode(String text) {
    byte[] data = Base64.getUrlDecoder().decode(text);
    if (!Base64.getUrlEncoder().withoutPadding().encodeToString(data).equals(text)) throw new IllegalArgumentException(text);
    return data;
  }
  static boolean isSigned(String x, String text, String signature) {
    try {
      var key = HexFormat.of().parseHex("302a300506032b6570032100" + HexFormat.of().formatHex(decode(x)));
      var verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(key)));
      verifier.update(text.getBytes(UTF_8));
      return verifier.verify(decode(signature));
    } catch (IllegalArgumentException | GeneralSecurityException e) { return false; }
  }
  static long seconds(String instant) { return Instant.parse(instant).getEpochSecond(); }

  /** Times in seconds; seq is the highest one seen. VALID, OFFLINE (ask the center) and GRACE may run. */
  static String verify(List<Map<String, String>> keys, String token, String issuer, String product, String fingerprint, long now, long seq) {
    var parts = (token + "..".substring((int) Math.min(2, token.chars().filter(c -> c == '.').count()))).split("\\.", -1);
    try { decode(parts[0].isEmpty() ? "=" : parts[0]); } catch (IllegalArgumentException e) { return "SIGNATURE_INVALID"; }
    var header = read(new String(decode(parts[0]), UTF_8));
    if (parts.length > 3 || !"EdDSA".equals(header.get("alg")) || !"license+jwt".equals(header.get("typ"))) return "TOKEN_INVALID";
    var key = keys.stream().filter(k -> k.get("kid").equals(header.get("kid"))).findFirst().orElse(null);
    if (key == null || key.containsKey("revoked")) return key == null ? "UNKNOWN_KEY" : "RETIRED_KEY";
    if (!isSigned(key.get("x"), parts[0] + "." + parts[1], parts[2])) return "SIGNATURE_INVALID";
    var c = read(new String(decode(parts[1]), UTF_8));
    if (!c.keySet().containsAll(List.of("iat", "exp", "seq", "expires_at")) || !issuer.equals(c.get("iss"))) return "TOKEN_INVALID";
    long iat = Long.parseLong(c.get("iat"));
    if (key.containsKey("retired_at") && iat >= seconds(key.get("retired_at"))) return "RETIRED_KEY";
    if (!product.equals(c.get("aud"))) return "WRONG_PRODUCT";
    if (!Objects.equals(c.get("fingerprint"), fingerprint)) return "FINGERPRINT_MISMATCH";
    if (Long.parseLong(c.get("seq")) < seq) return "TOKEN_OUTDATED";
    if (now < iat - 300) return "CLOCK_ROLLED_BACK";
    boolean isExpired = now >= seconds(c.get("expires_at")), isOver = now >= Long.parseLong(c.get("exp"));
    return isOver ? isExpired ? "EXPIRED" : "OFFLINE_TOO_LONG" : isExpired ? "GRACE" : now >= seconds(c.get("check_after")) ? "OFFLINE" : "VALID";
  }
}
