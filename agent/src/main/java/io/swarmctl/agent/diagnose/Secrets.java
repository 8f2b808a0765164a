package io.swarmctl.agent.diagnose;

import java.util.List;
import java.util.regex.Pattern;

/** Takes out of texts what opens something. Pure. */
final class Secrets {
    private static final String GONE = "[removed]";

    /** None of them looks at a text for longer than in proportion to its length, whatever is in it. */
    private static final List<Pattern> WHOLE = List.of(
            // Of a swarm, and of this fleet.
            Pattern.compile("SWM(TKN|KEY)-[0-9A-Za-z-]+"),
            Pattern.compile("swk_[0-9a-z]+_[0-9a-z]+"),
            Pattern.compile("swarmctl_[0-9A-Za-z_-]{20,}"),
            // Hashes of passwords, as crypt(5) writes them; signed and sealed texts.
            Pattern.compile("\\$(1|2[abxy]?|5|6|7|y|gy|argon2[id]{1,2})\\$[./0-9A-Za-z$=,+-]{8,}"),
            Pattern.compile("(?<![0-9A-Za-z_-])eyJ[0-9A-Za-z_-]{8,}+(\\.[0-9A-Za-z_-]*+){2,4}"),
            Pattern.compile(
                    "-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----(?s:.*?)(-----END [A-Z ]{0,20}PRIVATE KEY-----|\\z)"),
            // One that began before the text does.
            Pattern.compile("(?s)\\A.*-----END [A-Z ]{0,20}PRIVATE KEY-----"));

    /** What stands after such a word, up to the end of the line. */
    private static final Pattern AFTER_A_WORD = Pattern.compile(
            "((?:password|passwd|passphrase|secret|psk|token|api[_-]?key|private[_-]?key|authorization)"
                    + "[\\w-]{0,30}\"?[ \\t]{0,8}[=:][ \\t]{0,8})\\S.*",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern IN_AN_ADDRESS = Pattern.compile("(://)[^/\\s@]{1,200}@");

    private Secrets() {}

    static String removed(String text) {
        String left = text;
        for (Pattern secret : WHOLE) {
            left = secret.matcher(left).replaceAll(GONE);
        }
        left = AFTER_A_WORD.matcher(left).replaceAll("$1" + GONE);
        return IN_AN_ADDRESS.matcher(left).replaceAll("$1" + GONE + "@");
    }
}
