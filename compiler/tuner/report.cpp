// placeholder to be replaced below
#include "compiler/tuner/tuner.h"
std::string dlc::tuningReport(const TuningSession &session) { return ""; }
