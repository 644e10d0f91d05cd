#include <fontconfig/fontconfig.h>
#include <string.h>

#include "CDrawing.h"

// Fonts of dots and those of PostScript are passed over by what draws the letters.
static int is_drawn(FcPattern *font) {
  FcChar8 *format = NULL;
  return FcPatternGetString(font, FC_FONTFORMAT, 0, &format) == FcResultMatch &&
         (!strcmp((char *)format, "TrueType") || !strcmp((char *)format, "CFF"));
}

static int has_letter(FcFontSet *fonts, uint32_t letter) {
  for (int number = 0; fonts && number < fonts->nfont; number++) {
    FcCharSet *letters = NULL;
    if (is_drawn(fonts->fonts[number]) &&
        FcPatternGetCharSet(fonts->fonts[number], FC_CHARSET, 0, &letters) == FcResultMatch &&
        FcCharSetHasChar(letters, letter))
      return 1;
  }
  return 0;
}

int64_t cdrawing_letters_without_font(uint32_t *letters, int64_t count) {
  FcPattern *any = FcPatternCreate();
  FcObjectSet *wanted = FcObjectSetBuild(FC_CHARSET, FC_FONTFORMAT, (char *)NULL);
  FcFontSet *fonts = any && wanted ? FcFontList(NULL, any, wanted) : NULL;
  int64_t missing = 0;
  for (int64_t place = 0; place < count; place++)
    if (!has_letter(fonts, letters[place])) letters[missing++] = letters[place];
  if (fonts) FcFontSetDestroy(fonts);
  if (wanted) FcObjectSetDestroy(wanted);
  if (any) FcPatternDestroy(any);
  return missing;
}
