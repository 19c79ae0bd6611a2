import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.Normalizer;

/** What DuckDB does with a text or a number and no function of Spark does: the same to the letter. */
public class Words {
  private static final ObjectMapper READER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  public static String nfc(String text) {
    return text == null ? null : Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  public static String stripAccents(String text) {
    if (text == null) return null;
    String apart = Normalizer.normalize(text, Normalizer.Form.NFD);
    return Normalizer.normalize(apart.replaceAll("\\p{M}+", ""), Normalizer.Form.NFC);
  }

  /** Letter by letter: no letter becomes two. */
  public static String lower(String text) {
    if (text == null) return null;
    StringBuilder made = new StringBuilder();
    for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at)))
      made.appendCodePoint(Character.toLowerCase(text.codePointAt(at)));
    return made.toString();
  }

  public static String upper(String text) {
    if (text == null) return null;
    StringBuilder made = new StringBuilder();
    for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
      int letter = text.codePointAt(at);
      made.appendCodePoint(letter == 0xDF ? 0x1E9E : Character.toUpperCase(letter));
    }
    return made.toString();
  }

  /** The separators of Unicode at both ends. */
  public static String trim(String text) {
    if (text == null) return null;
    int start = 0, end = text.length();
    while (start < end && Character.getType(text.charAt(start)) == Character.SPACE_SEPARATOR) start++;
    while (end > start && Character.getType(text.charAt(end - 1)) == Character.SPACE_SEPARATOR) end--;
    return text.substring(start, end);
  }

  /** The shortest decimal that is this number, as C++ and Python write it: 3.0, 1e-05, 1e+16. */
  public static String number(Double value) {
    if (value == null) return null;
    if (value.isNaN()) return "nan";
    if (value.isInfinite()) return value > 0 ? "inf" : "-inf";
    if (value == 0) return 1 / value < 0 ? "-0.0" : "0.0";
    BigDecimal shortest = shortest(value);
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent >= -4 && exponent < 16) {
      String plain = shortest.toPlainString();
      return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }
    return scientific(shortest, exponent);
  }

  private static BigDecimal shortest(double value) {
    String text = Double.toString(value);
    // Java 17 may write one digit more than is needed: fewer that still are this number win.
    BigDecimal exact = new BigDecimal(value), found = new BigDecimal(text);
    for (int digits = 1; digits < found.precision(); digits++) {
      BigDecimal fewer = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (fewer.doubleValue() == value) return fewer.stripTrailingZeros();
    }
    return found.stripTrailingZeros();
  }

  private static String scientific(BigDecimal value, int exponent) {
    String digits = value.unscaledValue().abs().toString().replaceAll("0+$", "");
    String head = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    String power = Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : "" + Math.abs(exponent);
    return (value.signum() < 0 ? "-" : "") + head + "e" + (exponent < 0 ? "-" : "+") + power;
  }

  /** printf's %.nf: the binary number itself, a half to the even digit. */
  public static String fixed(Double value, Integer places) {
    if (value == null || places == null) return null;
    return new BigDecimal(value).setScale(places, RoundingMode.HALF_EVEN).toPlainString();
  }

  /** printf's %.ng. */
  public static String general(Double value, Integer digits) {
    if (value == null || digits == null) return null;
    if (value == 0) return "0";
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
    int exponent = rounded.precision() - rounded.scale() - 1;
    BigDecimal bare = rounded.stripTrailingZeros();
    return exponent < -4 || exponent >= digits ? scientific(bare, exponent) : bare.toPlainString();
  }

  /** A number within a JSON document: the shortest decimal with an exponent that has no sign of plus and no zero. */
  public static String jsonNumber(Double value) {
    if (value == null) return null;
    return number(value).replaceAll("e\\+?(-?)0*", "e$1");
  }

  public static String jsonText(String text) {
    if (text == null) return null;
    StringBuilder made = new StringBuilder("\"");
    for (char one : text.toCharArray()) {
      switch (one) {
        case '"': made.append("\\\""); break;
        case '\\': made.append("\\\\"); break;
        case '\b': made.append("\\b"); break;
        case '\f': made.append("\\f"); break;
        case '\n': made.append("\\n"); break;
        case '\r': made.append("\\r"); break;
        case '\t': made.append("\\t"); break;
        default:
          if (one < 0x20) made.append(String.format("\\u%04X", new Object[] {(int) one}));
          else made.append(one);
      }
    }
    return made.append('"').toString();
  }

  /** As DuckDB: times ten to the places, a half away from zero, divided again. */
  public static Double round(Double value, Integer places) {
    if (value == null || places == null) return null;
    double scale = Math.pow(10, Math.abs(places));
    double moved = places >= 0 ? value * scale : value / scale;
    if (Double.isInfinite(moved) || Double.isNaN(moved)) return value;
    double whole = Math.signum(moved) * Math.floor(Math.abs(moved));
    if (Math.abs(moved - whole) >= 0.5) whole += Math.signum(moved);
    return places >= 0 ? whole / scale : whole * scale;
  }

  /** Jaro's similarity with Winkler's weight of 0.1 for a common beginning of at most four letters (1990). */
  public static Double jaroWinkler(String left, String right) {
    if (left == null || right == null) return null;
    if (left.isEmpty() && right.isEmpty()) return 0.0;
    double jaro = jaro(left, right);
    int same = 0;
    while (same < Math.min(4, Math.min(left.length(), right.length())) && left.charAt(same) == right.charAt(same)) same++;
    return jaro > 0.7 ? jaro + 0.1 * same * (1 - jaro) : jaro;
  }

  private static double jaro(String left, String right) {
    int reach = Math.max(0, Math.max(left.length(), right.length()) / 2 - 1);
    boolean[] ours = new boolean[left.length()], theirs = new boolean[right.length()];
    int found = 0;
    for (int at = 0; at < left.length(); at++)
      for (int to = Math.max(0, at - reach); to < Math.min(right.length(), at + reach + 1); to++)
        if (!theirs[to] && left.charAt(at) == right.charAt(to)) {
          ours[at] = theirs[to] = true;
          found++;
          break;
        }
    if (found == 0) return 0;
    int crossed = 0, next = 0;
    for (int at = 0; at < left.length(); at++)
      if (ours[at]) {
        while (!theirs[next]) next++;
        if (left.charAt(at) != right.charAt(next++)) crossed++;
      }
    double part = found;
    return (part / left.length() + part / right.length() + (part - crossed / 2) / part) / 3;
  }

  /** The logarithm of the gamma function, by Lanczos (g = 7, n = 9). */
  public static Double logGamma(Double value) {
    if (value == null) return null;
    if (value < 0.5) return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * value))) - logGamma(1 - value);
    double[] parts = {
      0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
      12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7
    };
    double before = value - 1, sum = parts[0], moved = before + 7.5;
    for (int place = 1; place < 9; place++) sum += parts[place] / (before + place);
    return 0.5 * Math.log(2 * Math.PI) + (before + 0.5) * Math.log(moved) - moved + Math.log(sum);
  }

  /** The Vietnamese name (228) out of [{languageId, name}], else the first, or that of {name}; other texts as they are. */
  public static String nameOf(String text) {
    if (text == null) return null;
    JsonNode document;
    try {
      document = (JsonNode) READER.readTree(text);
    } catch (java.io.IOException noDocument) {
      return text;
    }
    if (document.isObject()) return told(document, "name");
    for (int at = 0; at < document.size(); at++) {
      if ("228".equals(told((JsonNode) document.get(at), "languageId"))) {
        String name = told((JsonNode) document.get(at), "name");
        if (name != null) return name;
        break;
      }
    }
    return document.size() > 0 ? told((JsonNode) document.get(0), "name") : null;
  }

  private static String told(JsonNode owner, String field) {
    JsonNode found = (JsonNode) owner.get(field);
    if (found == null || found.isNull()) return null;
    return found.isTextual() ? found.textValue() : found.toString();
  }
}
