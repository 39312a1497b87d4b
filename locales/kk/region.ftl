### Regions.

regions-title = Өңірлер
regions-none = Әзірге өңір жоқ.
region-districts = Аудандар мен қалалар
region-no-schools = Мұнда әзірге мектеп жоқ.

# After a number a Kazakh noun stays in the singular.
regions-finding = { $count ->
    [0] Өңірлерде күшінде серіктестік жоқ
   *[other] Өңірлерде { $count } серіктестік жұмыс істейді
}
regions-base = Тізілімдегі { $all } мектептің { $known } мектебінің өңірі белгілі ({ $percent }); сандар — солар туралы.
regions-on = Өңірлердің осы күнгі құрамы
regions-on-hint = Сандар — бүгінгі; мектеп сол күні жатқан өңірінде есептеледі.
regions-show = Көрсету
regions-csv = CSV жүктеп алу
regions-map = Бір өңір — бір тақтайша
regions-map-hint = Тақтайшадағы сан — күшіндегі серіктестіктер
regions-table = Өңірлер кестесі
regions-region = Өңір
region-numbers = Сандармен
region-history = Бұрынғы атаулары мен құрамы
region-add-school = Мектеп қосу
