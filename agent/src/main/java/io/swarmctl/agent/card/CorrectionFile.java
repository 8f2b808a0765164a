package io.swarmctl.agent.card;

import io.swarmctl.agent.machine.BootPartition;
import io.swarmctl.agent.machine.DurableFile;
import io.swarmctl.agent.machine.MachineException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file by which a person with the card in a laptop tells the agent where its controller is. It is taken once: after
 * a power failure at any moment it is either taken already or taken again, to the same effect.
 */
public final class CorrectionFile {
    /** Editors that hide the ends of names add their own. */
    private static final List<String> NAMES = List.of(CardFiles.CORRECTION, CardFiles.CORRECTION + ".txt");

    private static final Logger LOG = LoggerFactory.getLogger(CorrectionFile.class);
    private static final int LONGEST = 16 * 1024;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final BootPartition card;

    public CorrectionFile(BootPartition card) {
        this.card = card;
    }

    /**
     * Takes the correction into the agent's configuration, if there is a valid one.
     *
     * @param now how the configuration is
     * @return whether the configuration is another one now
     */
    public boolean takeInto(Path configuration, Correction now) {
        try {
            Optional<String> name = name();
            if (name.isEmpty()) {
                return false;
            }
            Correction corrected = Correction.read(text(name.get()), now);
            if (!corrected.equals(now)) {
                DurableFile.write(configuration, corrected.in(Files.readString(configuration)));
                LOG.info("{} from the card is taken: {}", name.get(), corrected);
            }
            card.rename(name.get(), CardFiles.CORRECTION + ".taken");
            return !corrected.equals(now);
        } catch (CorrectionException | MachineException | IOException e) {
            LOG.warn("{} on the card is not taken: {}", CardFiles.CORRECTION, e.getMessage());
            return false;
        }
    }

    /** Why a correction that lies there was not taken; empty when none does. */
    Optional<String> complaint(Correction now) {
        try {
            Optional<String> name = name();
            if (name.isEmpty() || Correction.read(text(name.get()), now).equals(now)) {
                return Optional.empty();
            }
            return Optional.of("the card's other partition could not be written; is the card worn out, or full?");
        } catch (CorrectionException | MachineException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private Optional<String> name() throws MachineException {
        for (String name : NAMES) {
            if (card.read(name, 1).isPresent()) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    private String text(String name) throws MachineException, CorrectionException {
        byte[] bytes = card.read(name, LONGEST + 1).orElse(new byte[0]);
        if (bytes.length > LONGEST) {
            throw new CorrectionException("it is too long for a text with a few lines");
        }
        return decode(bytes);
    }

    /** As the editors of this world write it. Whatever is no UTF-8 is in remarks, or refused later. */
    static String decode(byte[] bytes) {
        Charset charset = StandardCharsets.UTF_8;
        if (bytes.length > 1 && bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE) {
            charset = StandardCharsets.UTF_16LE;
        } else if (bytes.length > 1 && bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF) {
            charset = StandardCharsets.UTF_16BE;
        }
        String text = new String(bytes, charset);
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }
}
