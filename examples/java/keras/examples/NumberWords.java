package keras.examples;

/** Numbers below ten thousand in English and French words. */
final class NumberWords {

  private static final String[] ENGLISH = {
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen"
  };
  private static final String[] ENGLISH_TENS = {
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"
  };
  private static final String[] FRENCH = {
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "dix sept",
    "dix huit",
    "dix neuf"
  };
  private static final String[] FRENCH_TENS = {
    "",
    "",
    "vingt",
    "trente",
    "quarante",
    "cinquante",
    "soixante",
    "soixante",
    "quatre vingt",
    "quatre vingt"
  };

  private NumberWords() {}

  static String english(int number) {
    if (number < 20) {
      return ENGLISH[number];
    }
    if (number < 100) {
      return joined(ENGLISH_TENS[number / 10], number % 10, english(number % 10));
    }
    boolean thousands = number >= 1000;
    int unit = thousands ? 1000 : 100;
    String head = english(number / unit) + (thousands ? " thousand" : " hundred");
    return joined(head, number % unit, english(number % unit));
  }

  static String french(int number) {
    if (number < 20) {
      return FRENCH[number];
    }
    if (number < 100) {
      return frenchBelowHundred(number);
    }
    boolean thousands = number >= 1000;
    int unit = thousands ? 1000 : 100;
    int count = number / unit;
    String word = thousands ? "mille" : "cent";
    String head = count == 1 ? word : french(count) + " " + word;
    boolean plural = !thousands && count > 1 && number % unit == 0;
    return joined(head + (plural ? "s" : ""), number % unit, french(number % unit));
  }

  private static String frenchBelowHundred(int number) {
    int tens = number / 10;
    boolean byTwenties = tens == 7 || tens == 9;
    int rest = number % 10 + (byTwenties ? 10 : 0);
    String head = FRENCH_TENS[tens];
    if (number == 80) {
      return head + "s";
    }
    boolean and = tens < 8 && (rest == 1 || rest == 11);
    return joined(and ? head + " et" : head, rest, FRENCH[rest]);
  }

  private static String joined(String head, int rest, String tail) {
    return rest == 0 ? head : head + " " + tail;
  }
}
