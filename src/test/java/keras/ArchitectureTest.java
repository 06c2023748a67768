package keras;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Who may know whom, as the table in docs/architecture.md says. A cycle is refused even where every
 * single step is allowed.
 */
class ArchitectureTest {

  /** A row of the table: the package, what it uses, and its content. */
  private static final Pattern ROW = Pattern.compile("\\| `([a-z.]+)` \\|([a-z. ]*)\\| [^|]+ \\|");

  private static final Map<String, Set<String>> MAY_USE = mayUse();

  private static final JavaClasses LIBRARY =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("keras");

  private static Map<String, Set<String>> mayUse() {
    Map<String, Set<String>> rules = new TreeMap<>();
    try {
      for (String line : Files.readAllLines(Path.of("docs", "architecture.md"))) {
        Matcher row = ROW.matcher(line);
        if (row.matches()) {
          Set<String> uses = new TreeSet<>(List.of(row.group(2).strip().split(" +")));
          uses.remove("");
          rules.put(row.group(1), uses);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rules;
  }

  private static Set<String> packages() {
    return MAY_USE.keySet();
  }

  @ParameterizedTest
  @MethodSource("packages")
  void usesJustWhatItsPlaceAllows(String name) {
    Set<String> used = new TreeSet<>();
    for (JavaClass type : LIBRARY) {
      if (type.getPackageName().equals("keras." + name)) {
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
          String other = dependency.getTargetClass().getBaseComponentType().getPackageName();
          if (other.startsWith("keras.") && !other.equals("keras." + name)) {
            used.add(other.substring("keras.".length()));
          }
        }
      }
    }
    assertThat(used).as("what keras." + name + " uses").isEqualTo(MAY_USE.get(name));
  }

  @Test
  void everyClassLivesInAPackageThatHasARule() {
    Set<String> found = new TreeSet<>();
    for (JavaClass type : LIBRARY) {
      if (!type.getSimpleName().equals("package-info")) {
        found.add(type.getPackageName().replaceFirst("^keras\\.?", ""));
      }
    }
    assertThat(found).isEqualTo(new TreeSet<>(packages()));
  }

  @Test
  void onlyThePackageOfGraphsTouchesGraphsAndSessions() {
    noClasses()
        .that()
        .resideOutsideOfPackage("keras.internal.graph..")
        .should()
        .dependOnClassesThat()
        .haveNameMatching("org\\.tensorflow\\.(Graph|Session)(\\$.*)?")
        .allowEmptyShould(true)
        .check(LIBRARY);
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching("keras.(**)").should().beFreeOfCycles().allowEmptyShould(true).check(LIBRARY);
  }
}
