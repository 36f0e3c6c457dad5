// Reads what to verify, one line each, by tabs: token, issuer, product, fingerprint, now, highest seq.
import static java.nio.charset.StandardCharsets.UTF_8;
import java.nio.file.*;
import java.util.regex.*;

class Reader {
  public static void main(String[] args) throws Exception {
    var objects = Pattern.compile("\\{[^{}]*\\}").matcher(Files.readString(Path.of(args[0])));
    var keys = objects.results().map(m -> Verify.read(m.group())).toList();
    for (var line : new String(System.in.readAllBytes(), UTF_8).split("\n")) {
      var f = line.split("\t");
      var fingerprint = f[3].isEmpty() ? null : f[3];
      System.out.println(Verify.verify(keys, f[0], f[1], f[2], fingerprint, Long.parseLong(f[4]), Long.parseLong(f[5])));
    }
  }
}
