import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** How fast this JVM decrypts what TLS 1.3 brings, in MB/s: the median of some rounds, by the cipher. */
final class Ciphers {
    private static final int RECORD = 16 * 1024;
    private static final int RECORDS = 64;
    private static final long BYTES = 64_000_000;
    private static final int WARM_UP = 2;
    private static final int ROUNDS = 5;

    public static void main(String[] arguments) throws Exception {
        for (String cipher : new String[] {"AES/GCM/NoPadding", "ChaCha20-Poly1305"}) {
            System.out.printf("%s %.0f%n", cipher, median(new Ciphers(cipher)));
        }
    }

    private static double median(Ciphers measured) throws Exception {
        double[] rounds = new double[ROUNDS];
        for (int i = -WARM_UP; i < ROUNDS; i++) {
            double speed = measured.decrypt();
            if (i >= 0) {
                rounds[i] = speed;
            }
        }
        java.util.Arrays.sort(rounds);
        return rounds[ROUNDS / 2];
    }

    private final String cipher;
    private final SecretKeySpec key;
    private final byte[][] records = new byte[RECORDS][];

    private Ciphers(String cipher) throws Exception {
        this.cipher = cipher;
        byte[] bytes = new byte[cipher.startsWith("AES") ? 16 : 32];
        new Random(1).nextBytes(bytes);
        this.key = new SecretKeySpec(bytes, cipher.startsWith("AES") ? "AES" : "ChaCha20");
        for (int i = 0; i < RECORDS; i++) {
            records[i] = begun(Cipher.ENCRYPT_MODE, i).doFinal(new byte[RECORD]);
        }
    }

    private Cipher begun(int mode, int number) throws Exception {
        byte[] nonce = new byte[12];
        nonce[0] = (byte) number;
        Cipher begun = Cipher.getInstance(cipher);
        begun.init(
                mode,
                key,
                cipher.startsWith("AES") ? new GCMParameterSpec(128, nonce) : new IvParameterSpec(nonce));
        return begun;
    }

    private double decrypt() throws Exception {
        long began = System.nanoTime();
        long done = 0;
        for (int i = 0; done < BYTES; i = (i + 1) % RECORDS) {
            done += begun(Cipher.DECRYPT_MODE, i).doFinal(records[i]).length;
        }
        return done * 1e3 / (System.nanoTime() - began);
    }
}
