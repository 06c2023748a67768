package keras.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import keras.internal.files.Hdf5File;
import keras.internal.files.Hdf5Writer;
import keras.internal.files.LegacyModel;
import keras.internal.weights.WeightGroup;
import keras.parity.Parity;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that are cut, changed or made up are loaded or refused, by a message that names the file,
 * in little time and memory. A few hundred of them here; profile {@code fuzz} tries 100,000.
 */
class HostileFilesTest {

  private static final int MUTANTS = Integer.getInteger("fuzz.mutants", 600);
  private static final long FIRST = Long.getLong("fuzz.first", 0);

  private static final long MOST_NANOSECONDS = 5_000_000_000L;
  private static final long MOST_BYTES = 1L << 30;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final Path BUNDLES = Path.of("testdata/parity");
  private static final String BUNDLE = "bundle.h5";

  @TempDir Path folder;

  private final Map<String, Integer> outcomes = new TreeMap<>();
  private long slowest;
  private long largest;

  /** Files in all formats. */
  private static List<Path> originals() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String place : List.of("testdata/saving", "testdata/legacy")) {
      try (Stream<Path> all = Files.list(Path.of(place))) {
        all.filter(path -> !path.toString().endsWith(".json")).sorted().forEach(files::add);
      }
    }
    try (Stream<Path> bundles = Files.list(BUNDLES)) {
      bundles.filter(path -> path.toString().endsWith(".h5")).sorted().forEach(files::add);
    }
    return files;
  }

  @Test
  void loadsThemOrSaysWhatIsWrong() throws IOException {
    SoftAssertions softly = new SoftAssertions();
    List<Path> originals = originals();
    List<Path> all = new ArrayList<>(originals);
    all.add(savedHere());
    all.add(jsonHere());
    try (Model model = Models.loadModel(weightsOf(originals))) {
      for (long seed = FIRST; seed < FIRST + MUTANTS; seed++) {
        Path original = all.get((int) (seed % all.size()));
        Mutants mutants = new Mutants(seed);
        Path mutant = mutant(original, mutants);
        String name = seed + ", " + original.getFileName() + ", " + mutants.what();
        softly.check(() -> check(name, mutant, model));
        Files.delete(mutant);
      }
    }
    softly.assertAll();
    assertThat(outcomes).containsKeys("loaded", "refused");
    System.out.printf(
        "%d mutants: %s; at most %.2f s of processor time and %.0f MB allocated%n",
        MUTANTS, outcomes, slowest / 1e9, largest / 1e6);
  }

  /** The model whose weights are there in a file of their own. */
  private static Path weightsOf(List<Path> originals) {
    String name =
        originals.stream()
            .map(Path::toString)
            .filter(path -> path.endsWith(".weights.h5"))
            .findFirst()
            .get();
    return Path.of(name.replace(".weights.h5", ".keras"));
  }

  private Path savedHere() throws IOException {
    Path path = folder.resolve("here.keras");
    try (Model model = Models.loadModel(originals().get(0))) {
      model.save(path);
    }
    return path;
  }

  private Path jsonHere() throws IOException {
    Path path = folder.resolve("here.json");
    try (Model model = Models.loadModel(originals().get(0))) {
      return Files.writeString(path, model.toJson());
    }
  }

  private static boolean isBundle(Path path) {
    return path.getParent().equals(BUNDLES) || path.getFileName().toString().equals(BUNDLE);
  }

  private Path mutant(Path original, Mutants mutants) throws IOException {
    byte[] file = Files.readAllBytes(original);
    String name = original.getFileName().toString();
    Path mutant =
        folder.resolve(isBundle(original) ? BUNDLE : "mutant" + name.substring(name.indexOf('.')));
    if (name.endsWith(".json")) {
      Files.write(mutant, mutants.config(file));
    } else if (isBundle(original)) {
      Files.write(mutant, mutants.ofHdf5(file));
    } else if (name.endsWith(".keras")) {
      Files.write(mutant, mutants.ofArchive(file));
    } else if (!name.endsWith(".weights.h5") && mutants.picksConfig()) {
      withConfig(original, mutants).writeTo(mutant);
    } else {
      Files.write(mutant, mutants.ofHdf5(file));
    }
    return mutant;
  }

  /** A whole legacy file whose configurations are not what they should be. */
  private static Hdf5Writer withConfig(Path original, Mutants mutants) throws IOException {
    try (Hdf5File file = Hdf5File.open(original, "");
        Model model = Models.loadModel(original)) {
      LegacyModel legacy = new LegacyModel(file);
      byte[] config = legacy.modelConfig().getBytes(StandardCharsets.UTF_8);
      byte[] training = legacy.trainingConfig().getBytes(StandardCharsets.UTF_8);
      boolean first = mutants.picksConfig();
      String made = new String(mutants.config(first ? config : training), StandardCharsets.UTF_8);
      WeightGroup weights = model.weightGroup();
      return LegacyModel.written(
          legacy.kerasVersion(),
          shortened(first ? made : legacy.modelConfig()),
          shortened(first ? legacy.trainingConfig() : made),
          weights,
          null);
    }
  }

  /** The format holds no longer ones. */
  private static String shortened(String text) {
    return text.length() < 60_000 ? text : text.substring(0, 30_000);
  }

  private void check(String name, Path mutant, Model model) {
    long time = THREADS.getCurrentThreadCpuTime();
    long memory = THREADS.getCurrentThreadAllocatedBytes();
    String outcome;
    try {
      if (mutant.toString().endsWith(".weights.h5")) {
        model.loadWeights(mutant);
      } else if (mutant.toString().endsWith(".json")) {
        Models.modelFromJson(Files.readString(mutant, StandardCharsets.ISO_8859_1)).close();
      } else if (isBundle(mutant)) {
        Parity.of(mutant);
      } else {
        Models.loadModel(mutant).close();
      }
      outcome = "loaded";
    } catch (IllegalArgumentException e) {
      outcome = "refused";
      // A text has no file.
      boolean text = mutant.toString().endsWith(".json");
      assertThat(e.getMessage())
          .as(name)
          .contains(text ? "modelFromJson" : mutant.getFileName().toString());
      assertThat(e.getMessage().length()).as(name + "\n" + e).isLessThan(200_000);
    } catch (Throwable e) {
      StackTraceElement[] trace = e.getStackTrace();
      throw new AssertionError(
          "Mutant " + name + ": " + e + (trace.length == 0 ? "" : " at " + trace[0]), e);
    }
    outcomes.merge(outcome, 1, Integer::sum);
    long took = THREADS.getCurrentThreadCpuTime() - time;
    long bytes = THREADS.getCurrentThreadAllocatedBytes() - memory;
    slowest = Math.max(slowest, took);
    largest = Math.max(largest, bytes);
    assertThat(took).as("processor time of " + name).isLessThan(MOST_NANOSECONDS);
    assertThat(bytes).as("memory of " + name).isLessThan(MOST_BYTES);
  }
}
