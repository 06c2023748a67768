package keras;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import keras.backend.LayerContext;
import keras.callbacks.Callback;
import keras.callbacks.TensorBoard;
import keras.callbacks.TrainedModel;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.Layer;
import keras.models.Sequential;
import keras.random.GlobalSeed;
import keras.utils.Utils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Public constructors and methods with arguments that make no sense: null, NaN, zero, huge, empty,
 * ragged, of another kind. What comes of it is a result or an exception of the library's own; no
 * exception of TensorFlow's, none of a place deep inside, no end of the process and no call without
 * an end. A few thousand calls here; profile {@code fuzz} makes 100,000.
 */
class HostileArgumentsTest {

  private static final int CALLS = Integer.getInteger("fuzz.calls", 4000);
  private static final long SEED = Long.getLong("fuzz.first", 0);
  private static final int MOST_SECONDS = 60;

  private static final Set<String> DOWNLOADS = Set.of("loadData", "getWordIndex");

  private static final Set<String> NAMES_OF_FILES =
      Set.of("backupDir", "filename", "filepath", "logDir");

  @TempDir private Path folder;

  private final Random random = new Random(SEED);
  private Sequential model;
  private Ops tf;
  private final Map<Class<?>, List<Object>> made = new HashMap<>();

  @AfterEach
  void forgetSeeds() {
    model.close();
    GlobalSeed.unset();
    Utils.clearSession();
  }

  private static List<Class<?>> classes() throws IOException, ClassNotFoundException {
    Path root = Path.of(Utils.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    List<Class<?>> classes = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root.resolve("keras"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".class")).sorted().toList()) {
        String name = root.relativize(file).toString().replace('/', '.').replace(".class", "");
        boolean internal = name.startsWith("keras.internal") || name.endsWith("Access");
        if (!internal && !name.endsWith("package-info")) {
          Class<?> each = Class.forName(name);
          if (Modifier.isPublic(each.getModifiers())) {
            classes.add(each);
          }
        }
      }
    }
    return classes;
  }

  private static List<Executable> members() throws IOException, ClassNotFoundException {
    List<Executable> members = new ArrayList<>();
    for (Class<?> each : classes()) {
      if (!Modifier.isAbstract(each.getModifiers())) {
        // Without a name for its folder it writes into that of the build.
        Stream.of(each.getConstructors())
            .filter(made -> each != TensorBoard.class || made.getParameterCount() > 0)
            .forEach(members::add);
      }
      for (Method method : each.getMethods()) {
        String name = method.getName();
        boolean own = method.getDeclaringClass() == each && !method.isSynthetic();
        boolean common = Set.of("close", "equals", "hashCode", "toString").contains(name);
        boolean generated = each.isEnum() && name.equals("valueOf");
        boolean left = common || generated || DOWNLOADS.contains(name);
        if (own && !left) {
          members.add(method);
        }
      }
    }
    return members;
  }

  /** Gives this test what the library gives to layers: a graph, and where their ops go. */
  private final class Context extends Layer<Context> {
    @Override
    protected void build(Shape inputShape) {}

    @Override
    protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
      tf = context.tf();
      remember(LayerContext.class, context);
      return inputs;
    }
  }

  /** Gets hold of what the library alone makes, for layers and for callbacks. */
  @BeforeEach
  void trainsAModel() {
    model = new Sequential(new Input(Input.shape(3)), new Dense(1), new Context());
    model.compile(c -> c.loss("mse").optimizer("adam"));
    model.fit(
        new float[2][3],
        new float[2],
        f ->
            f.verbose(0)
                .callbacks(
                    new Callback() {
                      @Override
                      public void onTrainBegin(Map<String, Double> logs) {
                        remember(TrainedModel.class, model());
                      }
                    }));
  }

  @Test
  void giveAResultOrAnExceptionOfTheLibrarysOwn() throws Exception {
    List<Executable> members = members();
    assertThat(members).hasSizeGreaterThan(1000);
    List<Executable> constructors =
        members.stream().filter(member -> member instanceof Constructor).toList();
    for (int i = 0; i < 2000; i++) {
      call(constructors.get(random.nextInt(constructors.size())), true);
    }
    Map<String, String> wrong = new TreeMap<>();
    int results = 0;
    int refusals = 0;
    for (int i = 0; i < CALLS; i++) {
      Executable member = members.get(random.nextInt(members.size()));
      Throwable thrown = call(member, false);
      results += thrown == null ? 1 : 0;
      refusals += isOwn(thrown) ? 1 : 0;
      if (thrown != null && !isOwn(thrown)) {
        String name = member.getDeclaringClass().getSimpleName() + "." + member.getName();
        wrong.put(name + " " + thrown, at(thrown));
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(results).isPositive();
    assertThat(refusals).isPositive();
  }

  @Test
  void refuseNullWhereItIsTheOnlyArgument() throws Exception {
    List<Executable> members = new ArrayList<>();
    for (Executable member : members()) {
      boolean alone = member.getParameterCount() == 1;
      boolean made = member instanceof Constructor || Modifier.isStatic(member.getModifiers());
      if (alone && made && !member.getParameterTypes()[0].isPrimitive()) {
        members.add(member);
      }
    }
    assertThat(members).hasSizeGreaterThan(200);
    Map<String, String> wrong = new TreeMap<>();
    for (Executable member : members) {
      Throwable thrown = call(member, null, new Object[] {null});
      if (thrown != null && !isOwn(thrown)) {
        wrong.put(member + " " + thrown, at(thrown));
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static String at(Throwable thrown) {
    return Arrays.stream(thrown.getStackTrace())
        .filter(place -> place.getClassName().startsWith("keras."))
        .limit(2)
        .toList()
        .toString();
  }

  /** Whether an exception has a message that somebody wrote for the user. */
  private static boolean isOwn(Throwable thrown) {
    boolean kind =
        thrown instanceof IllegalArgumentException
            || thrown instanceof IllegalStateException
            || thrown instanceof UncheckedIOException
            || thrown instanceof InvalidPathException
            || thrown instanceof Impossible
            // As many numbers as there are, in one array.
            || thrown instanceof OutOfMemoryError
            || (thrown instanceof UnsupportedOperationException && thrown.getMessage() != null)
            // A raw list of other things than it says: Java finds out where they are used.
            || thrown instanceof ClassCastException
            || (thrown instanceof IndexOutOfBoundsException
                && String.valueOf(thrown.getMessage()).contains("expected:"));
    boolean foreign = thrown != null && thrown.getClass().getName().startsWith("org.tensorflow");
    return kind && !foreign;
  }

  /** A call that cannot be made: there is no object yet to make it on. */
  private static final class Impossible extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private Throwable call(Executable member, boolean sensible) throws InterruptedException {
    Object on = null;
    if (member instanceof Method && !Modifier.isStatic(member.getModifiers())) {
      on = someMade(member.getDeclaringClass());
      if (on == null) {
        return new Impossible();
      }
    }
    Object[] arguments =
        Arrays.stream(member.getParameters())
            .map(parameter -> value(parameter, sensible))
            .toArray(Object[]::new);
    return call(member, on, arguments);
  }

  private Throwable call(Executable member, Object target, Object[] arguments)
      throws InterruptedException {
    FutureTask<Object> task =
        new FutureTask<>(
            () ->
                member instanceof Constructor<?> constructor
                    ? constructor.newInstance(arguments)
                    : ((Method) member).invoke(target, arguments));
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
    try {
      keep(task.get(MOST_SECONDS, TimeUnit.SECONDS));
      return null;
    } catch (TimeoutException e) {
      String call = member + " on " + target + Arrays.deepToString(arguments);
      return new AssertionError("no end of " + call + Arrays.toString(thread.getStackTrace()));
    } catch (ExecutionException e) {
      return e.getCause() instanceof InvocationTargetException inner
          ? inner.getCause()
          : new Impossible();
    }
  }

  private void keep(Object result) {
    if (result == null || !result.getClass().getName().startsWith("keras.")) {
      return;
    }
    for (Class<?> type = result.getClass(); type != Object.class; type = type.getSuperclass()) {
      remember(type, result);
      List.of(type.getInterfaces()).forEach(each -> remember(each, result));
    }
  }

  private void remember(Class<?> type, Object result) {
    List<Object> all = made.computeIfAbsent(type, each -> new ArrayList<>());
    if (all.size() < 60) {
      all.add(result);
    } else {
      all.set(random.nextInt(60), result);
    }
  }

  private Object someMade(Class<?> type) {
    List<Object> all = made.getOrDefault(type, List.of());
    return all.isEmpty() ? null : all.get(random.nextInt(all.size()));
  }

  private Object one(Object... values) {
    return values[random.nextInt(values.length)];
  }

  /** Draws an argument; one that names a file names it in this test's folder. */
  private Object value(Parameter parameter, boolean sensible) {
    Object value = value(parameter.getType(), sensible);
    if (value instanceof Operand<?>) {
      String generic = parameter.getParameterizedType().toString();
      value =
          generic.contains("TInt64")
              ? tf.constant(5L)
              : generic.contains("TBool") ? tf.constant(new boolean[] {true, false}) : value;
    }
    return value instanceof String name && NAMES_OF_FILES.contains(parameter.getName())
        ? folder + "/" + name
        : value;
  }

  private Object value(Class<?> type, boolean sensible) {
    if (!type.isPrimitive() && !sensible && random.nextInt(6) == 0) {
      return null;
    }
    if (type == int.class || type == Integer.class) {
      return sensible ? one(1, 2, 3) : one(0, -1, 1, 2, 7, 1000, Integer.MAX_VALUE, -1 << 31);
    }
    if (type == long.class || type == Long.class) {
      return sensible ? one(1L, 2L, 3L) : one(0L, -1L, 2L, 7L, Long.MAX_VALUE, Long.MIN_VALUE);
    }
    if (type == double.class || type == Double.class || type == Number.class) {
      return sensible ? one(0.5, 0.1) : one(0.0, -0.0, -1.0, 0.5, 2.0, Double.NaN, 1 / 0.0, 1e308);
    }
    if (type == float.class || type == Float.class) {
      return sensible ? 0.5f : one(0f, -0f, -1f, 0.5f, Float.NaN, 1 / 0f);
    }
    if (type == byte.class) {
      return (byte) random.nextInt();
    }
    if (type == boolean.class || type == Boolean.class) {
      return random.nextBoolean();
    }
    if (type == String.class) {
      return sensible
          ? one("relu", "same", "mse", "adam", "a")
          : one("", "relu", "nonsense", "\0", "same", "mse", "adam", "x".repeat(5000), "%s", "é");
    }
    return reference(type, sensible);
  }

  private Object reference(Class<?> type, boolean sensible) {
    if (type == Shape.class) {
      return one(
          Shape.of(-1, 3),
          Shape.of(2, 3),
          Shape.of(-1, 4, 3),
          Shape.of(-1, -1, 3),
          Shape.of(),
          Shape.unknown(),
          Shape.of(0, 0),
          Shape.of(-1, 8, 8, 3),
          Shape.of(1000, 2));
    }
    if (type == Path.class) {
      return one(
          folder.resolve("a"),
          folder.resolve("none/b.keras"),
          folder,
          folder.resolve("c.keras"),
          folder.resolve("d.h5"),
          folder.resolve("e.weights.h5"));
    }
    if (type == Object.class) {
      return anything();
    }
    if (type == Ops.class) {
      return tf;
    }
    if (type == Operand.class) {
      return one(
          tf.constant(new float[][] {{1, 2, 3}, {0.5f, 1, 0}}),
          tf.constant(new float[][] {{0, 1, 0}, {1, 0, 0}}),
          tf.constant(new float[2][4][3]),
          tf.constant(1f));
    }
    if (type.isEnum()) {
      return one(type.getEnumConstants());
    }
    if (type.isArray()) {
      Object array = Array.newInstance(type.getComponentType(), random.nextInt(4));
      for (int i = 0; i < Array.getLength(array); i++) {
        Array.set(array, i, value(type.getComponentType(), sensible));
      }
      return array;
    }
    if (type == List.class || type == Collection.class || type == Iterable.class) {
      List<Object> list = new ArrayList<>();
      for (int i = random.nextInt(3); i > 0; i--) {
        list.add(anything());
      }
      return list;
    }
    if (type == Map.class) {
      return new HashMap<>(Map.of(one("units", "a", "lstm", ""), 3));
    }
    if (FloatNdArray.class.isAssignableFrom(type) || type.isAssignableFrom(FloatNdArray.class)) {
      return StdArrays.ndCopyOf(new float[][] {{1, 2, 3}, {4, Float.NaN, 6}});
    }
    Object before = someMade(type);
    return before != null || !type.isInterface() ? before : stub(type);
  }

  /** An object of the user's own that does nothing. */
  private static Object stub(Class<?> type) {
    return Proxy.newProxyInstance(
        HostileArgumentsTest.class.getClassLoader(),
        new Class<?>[] {type},
        (self, method, arguments) -> {
          if (method.isDefault()) {
            return InvocationHandler.invokeDefault(self, method, arguments);
          }
          Class<?> result = method.getReturnType();
          if (result == Optional.class) {
            return Optional.empty();
          }
          return result.isPrimitive() && result != void.class
              ? Array.get(Array.newInstance(result, 1), 0)
              : null;
        });
  }

  private Object anything() {
    return one(
        null,
        new float[][] {{1, 2, 3}, {4, 5, 6}},
        new float[][] {{1, 2}, {3}},
        new float[0],
        "nonsense",
        "relu",
        new int[] {1, 2},
        List.of(1, 2),
        Map.of("a", 1),
        Double.NaN,
        new float[1][2][3],
        new Object(),
        List.of(),
        StdArrays.ndCopyOf(new float[][] {{1, 2, 3}}),
        3);
  }
}
